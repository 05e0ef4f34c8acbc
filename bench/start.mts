import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { startBench } from './bench.mts';
import type { Check } from './checks.mts';
import { isCorrect } from './checks.mts';
import { checkExact, measureAll } from './measurements.mts';
import { publishReport } from './report.mts';

const { values } = parseArgs({
	options: {
		quick: { type: 'boolean', default: false },
		json: { type: 'string' },
		help: { type: 'boolean', default: false },
	},
});

if (values.help) {
	console.log(`npm run bench                 runs all measurements and writes docs/benchmarks.md; takes about twenty minutes
npm run bench -- --quick      only checks results that are the same on every machine, such as the number of requests and
                              sign-ins; takes one to two minutes
              --json FILE     writes the number of passed and failed checks, in the format of jest`);
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
		const measurements = await measureAll(bench);
		checks = measurements.checks;
		console.log(publishReport(measurements));
	}
} finally {
	await bench.stop();
}
const failedChecks = checks.filter((check) => !isCorrect(check));
for (const check of checks) {
	const { name, expected, actual } = check;
	if (isCorrect(check)) console.log(`passed: ${name}`);
	else console.log(`FAILED: ${name}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`);
}
const passed = checks.length - failedChecks.length;
console.log(`${passed} passed, ${failedChecks.length} failed`);
if (values.json) {
	const counts = { numPassedTests: passed, numFailedTests: failedChecks.length, numRuntimeErrorTestSuites: 0 };
	writeFileSync(values.json, JSON.stringify(counts));
}
process.exitCode = failedChecks.length === 0 ? 0 : 1;
