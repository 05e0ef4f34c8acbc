import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { everyOperation } from '../everyOperation.mts';
import { useLimits } from '../limits.mts';
import type { Failed, Ran } from '../n8n.mts';
import { failureOf } from '../n8n.mts';
import { sampled } from '../propertyRuns.mts';
import { World, groupForm } from '../world.mts';
import type { Doing, Expected } from './faultMatrix.mts';
import { matrix, words } from './faultMatrix.mts';

/**
 * Every operation against every fault. faultMatrix.mts says by hand what has to come of it. What came of it is counted
 * from the stand-in's own log and records, and `npm run generate` writes that into docs/faults.md.
 */
const table = join(__dirname, '../../docs/faults.md');
useLimits({ initialDelayMs: 2, recheckAfterMs: [5, 10, 20] }, 'file');
/** Only a request that is never answered waits for it. */
const hanging = { requestTimeoutMs: 1_500 };

const kinds: Doing[] = ['reads', 'changes', 'registers', 'counts once', 'creates'];
const creating = new Set(['order.create', 'payment.create']);

function doingOf(operation: string, method: string): Doing {
	if (creating.has(operation)) return 'creates';
	if (operation === 'stockOperation.create') return 'counts once';
	if (operation === 'organisation.setCurrent') return 'registers';
	return method === 'GET' ? 'reads' : 'changes';
}

/** With one request of its own: newest first asks for two pages. */
const operations = everyOperation.map((each) => ({
	...each,
	name: `${each.resource}.${each.operation}`,
	parameters: { ...each.parameters, ...(each.operation === 'getAll' && { newestFirst: false }) },
}));

interface Undisturbed {
	method: string;
	path: string;
	records: IDataObject[];
}

/**
 * What each operation sends and returns while nothing goes wrong, to a user who has organisation 9579 only. The faults
 * come to a user who has another one, too, and must end with the very same records.
 */
const undisturbedRuns = new Map<string, Promise<Undisturbed>>();

async function undisturbed(name: string, parameters: INodeParameters): Promise<Undisturbed> {
	const known = undisturbedRuns.get(name);
	if (known) return await known;
	const run = withWorld(name === 'organisation.getAll' ? groupForm : {}, async (world) => {
		const { records } = await world.run({ parameters });
		const { method = '', path = '' } = world.uphance.log().at(-1) ?? {};
		return { method, path, records };
	});
	undisturbedRuns.set(name, run);
	return await run;
}

async function withWorld<T>(form: Partial<typeof groupForm>, use: (world: World) => Promise<T>): Promise<T> {
	const world = new World({ uphance: { orders: 90 }, form, signedIn: true });
	await world.start();
	world.sendsAnything = true;
	return await use(world).finally(async () => await world.close());
}

/** What a change returns where Uphance answers with status 200 alone. */
const withoutAnAnswer: Record<string, IDataObject[]> = {
	'accessToken.revoke': [{ success: true }],
	'organisation.setCurrent': [{ id: 9579, name: 'Uphance Demo' }],
	'pickTicket.ship': [{ id: 3000079, alreadyShipped: false }],
	'pickTicket.update': [{ id: 3000079 }],
	'stockOperation.create': [{}],
};

/** Without what is different in each run: the moments, and the key that is made from the execution. */
const comparable = (records: IDataObject[]): unknown =>
	records.map((record) => {
		const changing = ['idempotency_key', 'created_at', 'updated_at', 'stock_adjusted_at'];
		return Object.fromEntries(Object.entries(record).filter(([key]) => !changing.includes(key)));
	});

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A message as a whole. */
function messageOf(name: string, says: string): RegExp {
	const { action = '', noun = '', missing = '' } = words[name] ?? {};
	const text = says.replace('{missing}', missing).replaceAll('{action}', action).replaceAll('{noun}', noun);
	return new RegExp(`^${escape(text).replace('\\{moment\\}', '\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d')}$`);
}

const reads = operations.filter(({ operation }) => operation.startsWith('get'));
const others = operations.filter((each) => !reads.includes(each));

/** What was seen of each kind of request in each row. */
const seen = new Map<string, Array<{ outcome: string; requests: number }>>();

// The cells of a row run at the same time, each with a stand-in of its own: most of them wait.
describe.each(matrix.map((row, index) => ({ ...row, index })))('$name', ({ name: row, fault, expected, index }) => {
	test.concurrent.each([...sampled(reads, 9, index), ...others])(
		'$resource $operation',
		async ({ name, parameters }) => {
			const usual = await undisturbed(name, parameters);
			const { method, path } = usual;
			const doing = doingOf(name, method);
			const { outcome, requests, says } = expected(doing, name);
			await withWorld(groupForm, async (world) => {
				world.uphance.fault({ ...fault, method, path });
				const { ran, failed } = await resultOf(world.run({ parameters, limits: fault.kind === 'hang' ? hanging : {} }));

				const sent = world.uphance.log().filter((request) => request.method === method && request.path === path).length;
				const bySignIn = fault.status === 401 && path === '/organisations' ? 1 : 0;
				const came = { outcome: outcomeOf(failed), requests: sent - bySignIn };
				const key = `${row} ${doing}`;
				seen.set(key, [...(seen.get(key) ?? []), came]);
				expect({ ...came, message: failed?.message }).toEqual({
					outcome,
					requests,
					message: says === undefined ? undefined : expect.stringMatching(messageOf(name, says)),
				});

				const isCreating = doing === 'creates' || doing === 'counts once';
				const isProcessed = fault.kind === 'dropAfter' || (outcome === 'succeeds' && fault.kind !== 'empty');
				const { uphance } = world;
				const made = [uphance.created(), uphance.createdPayments(), uphance.stockOperations()].flat();
				expect(made).toHaveLength(isCreating && isProcessed ? 1 : 0);
				if (ran) {
					const wanted = fault.kind === 'empty' ? (withoutAnAnswer[name] ?? []) : usual.records;
					expect(comparable(ran.records)).toEqual(comparable(wanted));
				}
				if (!failed) return;
				const { description } = failed;
				expect(description).toMatch(/^[A-Z'].*\.$/);
				expect(description).not.toMatch(/undefined|null|NaN|\[object/);
				expect(description.includes('Tried 5 times in ')).toBe(outcome === 'fails' && requests === 5);
				expect(/ was not created\.$/.test(description)).toBe(isCreating && outcome === 'fails');
				for (const secret of [String(world.credential.data.password), ...uphance.secrets()]) {
					expect(failed.whole).not.toContain(secret);
				}
			});
		},
	);
});

interface Result {
	ran?: Ran;
	failed?: Failed;
}

async function resultOf(run: Promise<Ran>): Promise<Result> {
	let ran: Ran | undefined;
	const failure = failureOf(run.then((done) => void (ran = done)));
	return await failure.then(
		(failed) => ({ failed }),
		() => ({ ran }), // it succeeded
	);
}

/** Tells by what a user reads. */
const outcomeOf = (failed: Failed | undefined): Expected['outcome'] =>
	!failed ? 'succeeds' : failed.message.endsWith(' may have been created') ? 'fails, may exist' : 'fails';

const mark = { succeeds: 'succeeds', fails: 'fails', 'fails, may exist': 'fails, says that it may exist' };

test('docs/faults.md shows what was seen', () => {
	const cell = (row: string, doing: Doing): string => {
		const cells = seen.get(`${row} ${doing}`) ?? [];
		const outcomes = [...new Set(cells.map(({ outcome }) => mark[outcome as keyof typeof mark]))];
		const counts = [...new Set(cells.map(({ requests }) => requests))].sort();
		return `${outcomes.join(' or ')}, ${counts.join(' or ')} ${counts.join() === '1' ? 'request' : 'requests'}`;
	};
	const rows = matrix.map(({ name }) => `| ${[name, ...kinds.map((doing) => cell(name, doing))].join(' | ')} |`);
	const [intro = ''] = readFileSync(table, 'utf8').split('| fault');
	const text = `${intro}| fault | reading | changing | registering | counted once | creating |\n| --- | --- | --- | --- | --- | --- |\n${rows.join('\n')}\n`;
	if (process.env.WRITE !== undefined) writeFileSync(table, text);
	const plain = (markdown: string) => markdown.replace(/ +/g, ' ').replace(/-{3,}/g, '---').trim();
	expect(plain(readFileSync(table, 'utf8'))).toBe(plain(text));
});
