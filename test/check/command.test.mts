import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readAccount } from '../../sandbox/uphance/account.mts';
import type { Uphance } from '../../sandbox/uphance/uphance.mts';
import { demo, startUphance } from '../../sandbox/uphance/uphance.mts';

const root = join(__dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'uphance-check-'));
const report = join(folder, 'report.json');
let uphance: Uphance;

beforeAll(async () => {
	uphance = await startUphance();
});
afterAll(async () => {
	await uphance.close();
	rmSync(folder, { recursive: true });
});

/** Runs `npm run check`, and stops it with Ctrl+C once its output has a text. */
async function run(
	args: string[],
	password = demo.password,
	stopAt?: string,
): Promise<{ status: number | null; output: string }> {
	const child = spawn(process.execPath, ['--import', 'tsx', 'check/start.mts', ...args], {
		cwd: root,
		env: { ...process.env, UPHANCE_PASSWORD: password },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let output = '';
	const read = (chunk: Buffer) => {
		output += String(chunk);
		if (stopAt === undefined || !output.includes(stopAt)) return;
		child.kill('SIGINT');
		setTimeout(() => child.kill('SIGINT'), 30); // npm passes it on, too
		stopAt = undefined;
	};
	child.stdout.on('data', read);
	child.stderr.on('data', read);
	const status = await new Promise<number | null>((resolve) =>
		// The second one may arrive when the process has ended all but itself; a shell says 130 of that, too.
		child.once('close', (code, signal) => resolve(signal === 'SIGINT' ? 130 : code)),
	);
	return { status, output };
}

const account = () => ['--email', demo.email, '--api-url', uphance.url, '--report', report];

describe('npm run check', () => {
	test('prints a table, writes the report, and ends with 0 when nothing differs', async () => {
		const { status, output } = await run(account());
		expect(output).toContain('Nothing differs that matters: the nodes fit this account.');
		expect(output).toMatch(
			/^fits {4} \| sales orders +\| list, pages, order of the list, per_page, since_id, by_order_number/m,
		);
		expect(output).toMatch(/^\d\d requests in \d+ seconds\. Signed out\.$/m);
		expect(output).not.toContain(demo.password);
		expect(status).toBe(0);
		expect(JSON.parse(readFileSync(report, 'utf8'))).toMatchObject({ version: 1, lists: {} });
		expect(readAccount(report).switches).toMatchObject({ orderNumber: 'text', refreshRotates: true });
	});

	test('ends with 130 and writes nothing when it is stopped', async () => {
		const file = join(folder, 'stopped.json');
		const { status, output } = await run([...account(), '--report', file], demo.password, 'now: customers');
		expect(output).toContain('Stopped. Signed out. Nothing was written.');
		expect(status).toBe(130);
		expect(existsSync(file)).toBe(false);
		expect(uphance.log().at(-1)?.path).toBe('/oauth/revoke_tokens');
	});

	test.each([
		['without an email', [], 'Enter the email of an Uphance user'],
		[
			'with an address that is not encrypted',
			['--email', 'a@b.example', '--api-url', 'http://api.uphance.com'],
			'must begin with https://',
		],
		['with the password as an argument', ['--email', 'a@b.example', '--password', 'x'], "Unknown option '--password'"],
	])('ends with 2 %s', async (_name, args, text) => {
		const { status, output } = await run(args);
		expect(output).toContain(text);
		expect(status).toBe(2);
	});

	test('ends with 2 when the password is wrong', async () => {
		const { status, output } = await run(account(), 'wrong-secret');
		expect(output).toContain('Uphance did not accept the sign-in (status 400).');
		expect(output).not.toContain('wrong-secret');
		expect(status).toBe(2);
	});
});

describe('--as', () => {
	test.each([
		['that is not there', undefined, 'cannot be read'],
		['that is something else', '{}', 'it was not written by npm run check'],
		['with a switch that nobody knows', '{"switches": {"weather": "rain"}, "lists": {}}', "sets the switch 'weather'"],
		[
			'with a list that does what nobody knows',
			'{"switches": {}, "lists": {"/skus": {"perPage": "many"}}}',
			"sets the switch 'perPage'",
		],
	])('refuses a file %s', (_name, text, message) => {
		const file = join(folder, 'other.json');
		rmSync(file, { force: true });
		if (text !== undefined) writeFileSync(file, text);
		expect(() => readAccount(file)).toThrow(message);
	});
});
