// DuckDB's full outer join with counts over a.csv and b.csv of a folder, one thread; the program's start is not counted.
const { DuckDBInstance } = require('@duckdb/node-api');
const folder = process.argv[2], count = process.argv[3];
const rows = (name) => `read_csv('${folder}/${name}.csv', header = true, columns = {kind: 'VARCHAR', payment_no: 'VARCHAR', ` +
    `out_no: 'VARCHAR', amount: 'DECIMAL(12,2)', time: 'TIMESTAMP', channel: 'VARCHAR', state: 'VARCHAR'})`;
const query = `select count(*) filter (a.amount = b.amount), count(*) filter (a.payment_no is null), ` +
    `count(*) filter (b.payment_no is null), count(*) filter (a.amount <> b.amount), sum(a.amount), sum(b.amount) ` +
    `from ${rows('a')} a full outer join ${rows('b')} b using (payment_no)`;

async function main() {
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run('set threads = 1');
    for (let i = 0; i < 2; i++) {
        const wall = process.hrtime.bigint(), cpu = process.cpuUsage();
        const result = await connection.runAndReadAll(query);
        const used = process.cpuUsage(cpu), [agree, here, there, amount] = result.getRows()[0];
        console.log(`duckdb ${count.padStart(14)} rows: ${(Number(process.hrtime.bigint() - wall) / 1e9).toFixed(3)} s ` +
            `(${((used.user + used.system) / 1e6).toFixed(3)} s of CPU), ${Math.round(process.memoryUsage.rss() / 1048576)} MB; ` +
            `agree ${agree} here ${here} there ${there} amount ${amount}`);
    }
}
main().catch((error) => { console.error(error); process.exit(1); });
