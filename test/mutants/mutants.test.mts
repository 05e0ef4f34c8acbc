import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Mutant } from './mutants.mts';
import { mutants } from './mutants.mts';

const root = join(__dirname, '..', '..');
const copied = ['check', 'credentials', 'docs', 'nodes', 'test', 'package.json', 'jest.config.json'];
let folder: string;

beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'uphance-mutants-'));
	for (const name of copied) cpSync(join(root, name), join(folder, name), { recursive: true });
	cpSync(join(root, 'sandbox/uphance'), join(folder, 'sandbox/uphance'), { recursive: true });
	symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Report {
	numPassedTests: number;
	numFailedTests: number;
	numRuntimeErrorTestSuites: number;
}

/** What jest says of the copy; it is ended after two minutes, so that nothing of it goes on under the next mutant. */
async function runTests(tests: Array<Pick<Mutant, 'path' | 'red'>>): Promise<Report> {
	const output = join(folder, 'report.json');
	rmSync(output, { force: true });
	const names = tests.map(({ red }) => red.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
	const paths = [...new Set(tests.map(({ path }) => path))];
	const args = [join(root, 'node_modules/jest/bin/jest.js'), '--json', `--outputFile=${output}`, '-t', names, ...paths];
	const limits = { cwd: folder, timeout: 120_000, killSignal: 'SIGKILL' } as const;
	await new Promise((resolve) => execFile(process.execPath, args, limits, resolve));
	return JSON.parse(readFileSync(output, 'utf8'));
}

test('without a mutant the tests are green', async () => {
	const report = await runTests(mutants);
	expect(report).toMatchObject({ numFailedTests: 0, numRuntimeErrorTestSuites: 0 });
	expect(report.numPassedTests).toBeGreaterThanOrEqual(mutants.length);
});

test.each(mutants)('a test turns red when $name', async ({ file, from, to, path, red }) => {
	const broken = join(folder, file);
	const source = readFileSync(broken, 'utf8');
	expect(source.split(from)).toHaveLength(2);
	writeFileSync(
		broken,
		source.replace(from, () => to),
	);
	try {
		const { numFailedTests, numRuntimeErrorTestSuites } = await runTests([{ path, red }]);
		expect(numRuntimeErrorTestSuites).toBe(0);
		expect(numFailedTests).toBeGreaterThan(0);
	} finally {
		writeFileSync(broken, source);
	}
});
