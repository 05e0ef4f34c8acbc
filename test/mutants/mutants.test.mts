import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mutants } from './mutants.mts';

const root = join(__dirname, '..', '..');
const copied = ['credentials', 'docs', 'nodes', 'test', 'package.json', 'jest.config.json'];
let folder: string;
const seen: string[] = [];

beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'uphance-mutants-'));
	for (const name of copied) cpSync(join(root, name), join(folder, name), { recursive: true });
	cpSync(join(root, 'sandbox/uphance'), join(folder, 'sandbox/uphance'), { recursive: true });
	symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
});

afterAll(() => {
	rmSync(folder, { recursive: true, force: true });
	process.stdout.write(`\n${seen.join('\n')}\n`);
});

interface Report {
	numPassedTests: number;
	numFailedTests: number;
	numRuntimeErrorTestSuites: number;
	testResults: Array<{ assertionResults: Array<{ fullName: string; status: string }> }>;
}

/** What jest says of the copy. */
async function runTests(paths: string[]): Promise<Report> {
	const output = join(folder, 'report.json');
	rmSync(output, { force: true });
	const args = [join(root, 'node_modules/jest/bin/jest.js'), '--json', `--outputFile=${output}`, ...paths];
	await new Promise((resolve) => execFile(process.execPath, args, { cwd: folder }, resolve));
	return JSON.parse(readFileSync(output, 'utf8'));
}

test('without a mutant the tests are green', async () => {
	const report = await runTests([...new Set(mutants.flatMap(({ tests }) => tests))]);
	expect(report).toMatchObject({ numFailedTests: 0, numRuntimeErrorTestSuites: 0 });
	expect(report.numPassedTests).toBeGreaterThan(100);
});

test.each(mutants)('a test turns red when $name', async ({ name, file, from, to, tests }) => {
	const path = join(folder, file);
	const source = readFileSync(path, 'utf8');
	expect(source.split(from)).toHaveLength(2);
	writeFileSync(
		path,
		source.replace(from, () => to),
	);
	try {
		const { numFailedTests, numRuntimeErrorTestSuites, testResults } = await runTests(tests);
		const red = testResults
			.flatMap(({ assertionResults }) => assertionResults)
			.filter(({ status }) => status === 'failed')
			.map(({ fullName }) => fullName);
		seen.push(`| ${name} | ${red.length} | ${red[0] ?? ''} |`);
		expect(numRuntimeErrorTestSuites).toBe(0);
		expect(numFailedTests).toBeGreaterThan(0);
	} finally {
		writeFileSync(path, source);
	}
});
