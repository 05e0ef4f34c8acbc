import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';
import { everyOperation } from '../everyOperation.mts';
import type { Doing } from './faultMatrix.mts';
import { matrix } from './faultMatrix.mts';
import { useLimits } from '../limits.mts';
import type { Failed, Ran } from '../n8n.mts';
import { failureOf } from '../n8n.mts';
import { World, groupForm } from '../world.mts';

/**
 * Every operation against every fault. What is expected comes from one rule, and what is counted from the stand-in's
 * own log. `npm run generate` writes the table that docs/faults.md shows.
 */
const table = join(__dirname, '../../docs/faults.md');
useLimits({ initialDelayMs: 2, recheckDelaysMs: [5, 10, 20] }, 'file');
/** Only a request that is never answered waits for it. */
const hanging = { requestTimeoutMs: 1_500 };

const creating = new Set(['order.create', 'payment.create']);

function doingOf(operation: string, method: string): Doing {
	if (creating.has(operation)) return 'creates';
	if (operation === 'stockOperation.create') return 'counts once';
	if (operation === 'organisation.setCurrent') return 'registers';
	return method === 'GET' ? 'reads' : 'changes';
}

interface Outcome {
	ran?: Ran;
	failed?: Failed;
}

const outcomeOf = async (run: Promise<Ran>): Promise<Outcome> => {
	let ran: Ran | undefined;
	const failed = await failureOf(run.then((done) => void (ran = done))).catch(() => undefined);
	return { ran, failed };
};

const mark = { succeeds: 'succeeds', fails: 'fails', 'fails, may exist': 'fails, says that it may exist' };

/** With one request of its own: newest first asks for two pages. */
const operations = everyOperation.map((each) => ({
	...each,
	parameters: { ...each.parameters, ...(each.operation === 'getAll' && { newestFirst: false }) },
}));

/** What each operation sends, learned from a run in which nothing goes wrong. */
const ownRequests = new Map<string, Promise<{ method: string; path: string }>>();

async function ownRequest(resource: string, operation: string, parameters: INodeParameters) {
	const name = `${resource}.${operation}`;
	const known = ownRequests.get(name);
	if (known) return await known;
	const request = withWorld(async (world) => {
		await world.run({ parameters });
		const { method = '', path = '' } = world.uphance.log().at(-1) ?? {};
		return { method, path };
	});
	ownRequests.set(name, request);
	return await request;
}

async function withWorld<T>(use: (world: World) => Promise<T>): Promise<T> {
	const world = new World({ uphance: { orders: 90 }, form: groupForm, signedIn: true });
	await world.start();
	world.sendsAnything = true;
	return await use(world).finally(async () => await world.close());
}

// The cells of a row run at the same time, each with a stand-in of its own: most of them wait.
describe.each(matrix)('$name', ({ fault, expected }) => {
	test.concurrent.each(operations)('$resource $operation', async ({ resource, operation, parameters }) => {
		const { method, path } = await ownRequest(resource, operation, parameters);
		const { outcome, requests } = expected(doingOf(`${resource}.${operation}`, method));
		await withWorld(async (world) => {
			world.uphance.fault({ ...fault, method, path });
			const { ran, failed } = await outcomeOf(world.run({ parameters, limits: fault.kind === 'hang' ? hanging : {} }));

			expect({
				outcome: ran ? 'succeeds' : failed?.message.includes('may ha') ? 'fails, may exist' : 'fails',
			}).toEqual({ outcome });
			const sent = world.uphance.log().filter((request) => request.method === method && request.path === path).length;
			const bySignIn = fault.status === 401 && path === '/organisations' ? 1 : 0;
			expect(sent - bySignIn).toBeLessThanOrEqual(requests);
			const made = world.uphance.created().length + world.uphance.createdPayments().length;
			expect(made).toBeLessThanOrEqual(creating.has(`${resource}.${operation}`) ? 1 : 0);
			for (const record of ran?.records ?? []) expect([undefined, 9579]).toContain(record.organisation_id);
			if (!failed) return;
			expect(failed.message).toMatch(/^\S.{8,300}$/);
			expect(failed.description).toMatch(/\S.*[.:]?/);
			for (const secret of [String(world.credential.data.password), ...world.uphance.secrets()]) {
				expect(failed.whole).not.toContain(secret);
			}
		});
	});
});

test('docs/faults.md shows what is expected', () => {
	const kinds: Doing[] = ['reads', 'changes', 'registers', 'counts once', 'creates'];
	const cell = ({ expected }: (typeof matrix)[number], doing: Doing) => {
		const { outcome, requests } = expected(doing);
		return `${mark[outcome]}, ${requests === 1 ? 'one request' : `at most ${requests} requests`}`;
	};
	const rows = matrix.map((row) => `| ${[row.name, ...kinds.map((doing) => cell(row, doing))].join(' | ')} |`);
	const [intro = ''] = readFileSync(table, 'utf8').split('| fault');
	const text = `${intro}| fault | reading | changing | registering | counted once | creating |\n| --- | --- | --- | --- | --- | --- |\n${rows.join('\n')}\n`;
	if (process.env.WRITE !== undefined) writeFileSync(table, text);
	const plain = (markdown: string) => markdown.replace(/ +/g, ' ').replace(/-{3,}/g, '---').trim();
	expect(plain(readFileSync(table, 'utf8'))).toBe(plain(text));
});
