import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { runExclusive } from '../../nodes/Uphance/transport/keyedMutex.ts';
import { failureOf } from '../failure.mts';

/** A task that says when it starts and ends only when told to. */
function task(name: string, log: string[]) {
	let end = () => {};
	const ended = new Promise<void>((resolve) => (end = resolve));
	const run = async () => {
		log.push(`${name} starts`);
		await ended;
		log.push(`${name} ends`);
		return name;
	};
	return { run, end };
}

const settle = async () => await wait(5);

test('Tasks of one key run one after the other, in the order they came', async () => {
	const log: string[] = [];
	const [one, two, three] = ['one', 'two', 'three'].map((name) => task(name, log));
	const results = Promise.all([one, two, three].map((each) => runExclusive('order', undefined, 20, each?.run ?? wait)));
	three?.end();
	two?.end();
	await settle();
	expect(log).toEqual(['one starts']);
	one?.end();
	expect(await results).toEqual(['one', 'two', 'three']);
	expect(log).toEqual(['one starts', 'one ends', 'two starts', 'two ends', 'three starts', 'three ends']);
});

test('Tasks of other keys run without waiting', async () => {
	const log: string[] = [];
	const [one, two] = [task('one', log), task('two', log)];
	const first = runExclusive('key a', undefined, 20, one.run);
	two.end();
	expect(await runExclusive('key b', undefined, 20, two.run)).toBe('two');
	expect(log).toEqual(['one starts', 'two starts', 'two ends']);
	one.end();
	await first;
});

test('A task that fails rejects and lets the next one run', async () => {
	const first = failureOf(
		runExclusive('fails', undefined, 20, async () => {
			throw new Error('refused');
		}),
	);
	const second = runExclusive('fails', undefined, 20, async () => 'second');
	expect((await first).message).toBe('refused');
	expect(await second).toBe('second');
});

test('A task that throws synchronously rejects and lets the next one run too', async () => {
	const first = failureOf(
		runExclusive('throws', undefined, 20, () => {
			throw new Error('at once');
		}),
	);
	expect((await first).message).toBe('at once');
	expect(await runExclusive('throws', undefined, 20, async () => 'next')).toBe('next');
});

test('A task that is cancelled while it waits rejects at once, and no other overtakes the task before it', async () => {
	const log: string[] = [];
	const [one, two, three] = [task('one', log), task('two', log), task('three', log)];
	const cancel = new AbortController();
	const first = runExclusive('cancelled', undefined, 20, one.run);
	const second = failureOf(runExclusive('cancelled', cancel.signal, 20, two.run));
	const third = runExclusive('cancelled', undefined, 20, three.run);
	three.end();
	cancel.abort(new Error('cancelled'));
	expect((await second).message).toBe('cancelled');
	await settle();
	expect(log).toEqual(['one starts']);
	one.end();
	await Promise.all([first, third]);
	expect(log).toEqual(['one starts', 'one ends', 'three starts', 'three ends']);
});

test('A task that is cancelled before it is queued never runs, and blocks no other', async () => {
	const log: string[] = [];
	const late = task('late', log);
	const failure = await failureOf(runExclusive('late', AbortSignal.abort(new Error('cancelled')), 20, late.run));
	expect(failure.message).toBe('cancelled');
	expect(await runExclusive('late', undefined, 20, async () => 'next')).toBe('next');
	expect(log).toEqual([]);
});

test('A cancellation while the task runs is left to the task', async () => {
	const log: string[] = [];
	const running = task('running', log);
	const cancel = new AbortController();
	const result = runExclusive('running', cancel.signal, 20, running.run);
	await settle();
	cancel.abort(new Error('cancelled'));
	running.end();
	expect(await result).toBe('running');
});

test('Of a thousand tasks, some cancelled, never do two run at once', async () => {
	let underWay = 0;
	let most = 0;
	const ran: number[] = [];
	const tasks = Array.from({ length: 1000 }, async (_, index) => {
		const cancel = new AbortController();
		if (index % 7 === 3) setImmediate(() => cancel.abort(new Error('cancelled')));
		await runExclusive('many', cancel.signal, 20, async () => {
			most = Math.max(most, ++underWay);
			await Promise.resolve();
			ran.push(index);
			underWay -= 1;
		}).catch(() => undefined);
	});
	await Promise.all(tasks);
	expect(most).toBe(1);
	expect(ran).toEqual([...ran].sort((one, other) => one - other));
	expect(ran.filter((index) => index % 7 !== 3)).toHaveLength(857);
});
