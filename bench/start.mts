import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { startBench } from './bench.mts';
import type { Check } from './checks.mts';
import { isRight } from './checks.mts';
import { checkExact, measureAll } from './measurements.mts';
import { publish } from './report.mts';

const { values } = parseArgs({
	options: {
		quick: { type: 'boolean', default: false },
		json: { type: 'string' },
		help: { type: 'boolean', default: false },
	},
});

if (values.help) {
	console.log(`npm run bench                 measures everything and writes docs/benchmarks.md; takes about twenty minutes
npm run bench -- --quick      checks request counts, sign-ins and the other figures that no machine changes, in a minute or two
              --json FILE     writes how many of them were right, as jest does`);
	process.exit(0);
}

const bench = await startBench(1_000);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
	process.once(signal, () => void bench.stop().finally(() => process.exit(1)));
}
let checks: Check[] = [];
try {
	if (values.quick) checks = await checkExact(bench);
	else {
		const figures = await measureAll(bench);
		checks = figures.checks;
		console.log(publish(figures));
	}
} finally {
	await bench.stop();
}
const wrong = checks.filter((check) => !isRight(check));
for (const check of checks) {
	const { name, expected, found } = check;
	if (isRight(check)) console.log(`right: ${name}`);
	else console.log(`WRONG: ${name}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`);
}
const passed = checks.length - wrong.length;
console.log(`${passed} passed, ${wrong.length} failed`);
if (values.json) {
	const counts = { numPassedTests: passed, numFailedTests: wrong.length, numRuntimeErrorTestSuites: 0 };
	writeFileSync(values.json, JSON.stringify(counts));
}
process.exitCode = wrong.length === 0 ? 0 : 1;
