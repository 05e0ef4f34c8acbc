import { describe, expect, test } from '@jest/globals';
import type { Switches } from '../../sandbox/uphance/switches.mts';
import { sampled } from '../propertyRuns.mts';
import { useWorld } from '../world.mts';
import { Poller, all, paths, watching, withSinceId } from './pollContext.mts';

const world = useWorld({ limits: { initialDelayMs: 5, deadlineMs: 5_000 }, starts: 'inTest' });

const start = async (listOrder: Switches['listOrder'], switches: Partial<Switches> = {}, orders = 250) =>
	void (await world.start({ orders, switches: { listOrder, ...switches } }));

describe.each(['descending', 'shuffled'] as const)('A list that is %s', (listOrder) => {
	test.each(sampled(all, 6, 4))(
		'%s: old records start nothing; new ones come once, oldest first',
		async (triggerOn) => {
			await start(listOrder);
			const poller = await watching(world, { triggerOn });
			expect(await poller.ids(2)).toEqual([]);
			const added = world.uphance.addRecords(paths[triggerOn], 130);
			expect(await poller.ids()).toEqual(added);
			expect(await poller.ids(2)).toEqual([]);
		},
	);

	test.each(sampled(all, 6))(
		'%s, New or Changed: old records start nothing; new and changed ones come',
		async (triggerOn) => {
			await start(listOrder);
			const poller = await watching(world, { triggerOn, watchFor: 'createdOrUpdated' });
			expect(await poller.ids(2)).toEqual([]);
			const added = world.uphance.addRecords(paths[triggerOn], 5);
			expect(await poller.ids()).toEqual(added);
			world.uphance.changeRecord(paths[triggerOn], added[2] ?? 0, { currency: 'JPY' });
			expect(await poller.ids()).toEqual([added[2]]);
			expect(await poller.poll()).toBeNull();
		},
	);

	test.each(sampled(all, 6, 1))('%s: those beyond Max Records per Poll come with the next', async (triggerOn) => {
		await start(listOrder);
		const poller = await watching(world, { triggerOn, options: { maxRecords: 70 } });
		const added = world.uphance.addRecords(paths[triggerOn], 250);
		expect(await poller.ids()).toEqual(added.slice(0, 70));
		expect(await poller.ids(4)).toEqual(added.slice(70));
	});

	test.each(['order', 'return'] as const)('%s: Start After ID begins with the record after it', async (triggerOn) => {
		await start(listOrder);
		const added = world.uphance.addRecords(paths[triggerOn], 130);
		const poller = new Poller(world, { triggerOn, options: { startAfterId: String(added[9]) } });
		expect((await poller.activate())?.map(({ id }) => id)).toEqual(added.slice(10));
	});

	test.each(sampled(withSinceId, 6, 2))('%s: also where since_id is ignored', async (triggerOn) => {
		await start(listOrder, { ignoresSinceId: true });
		const poller = await watching(world, { triggerOn });
		expect(await poller.ids(2)).toEqual([]);
		const added = world.uphance.addRecords(paths[triggerOn], 130);
		expect(await poller.ids()).toEqual(added);
		expect(await poller.poll()).toBeNull();
	});

	test.each(sampled(all, 6, 3))('%s: a test in the editor shows the newest', async (triggerOn) => {
		await start(listOrder);
		const [, newest] = world.uphance.addRecords(paths[triggerOn], 2);
		const { records } = await new Poller(world, { triggerOn }).test();
		expect(records?.map(({ id }) => id)).toEqual([newest]);
	});
});

test.each(sampled(withSinceId, 6, 4))(
	'%s: a quiet poll of a descending list is one request, too',
	async (triggerOn) => {
		await start('descending', {}, 1000);
		const poller = await watching(world, { triggerOn });
		expect(await poller.ids(3)).toEqual([]);
		expect(world.asked(paths[triggerOn])).toHaveLength(3);
	},
);

test.each(['return', 'customer'] as const)(
	'%s: a quiet poll of a descending list reads its start, in two requests',
	async (triggerOn) => {
		await start('descending', {}, 5000);
		const poller = await watching(world, { triggerOn });
		expect(await poller.poll()).toBeNull();
		expect(world.asked(paths[triggerOn]).length).toBe(2);
	},
);

test('records that are created or deleted while a poll reads are neither lost nor taken for new ones', async () => {
	await start('descending');
	const poller = await watching(world, { triggerOn: 'return' });
	const added = world.uphance.addRecords('/returns', 250);
	world.uphance.fault({ path: '/returns', kind: 'slow', milliseconds: 60, skip: 2 });
	const polled = poller.ids();
	while (world.asked('/returns').length < 3) await new Promise((resolve) => setTimeout(resolve, 2));
	world.uphance.deleteRecord('/returns', added.at(-1) ?? 0);
	const more = world.uphance.addRecords('/returns', 1);
	const ids = [...(await polled), ...(await poller.ids())];
	expect(ids.filter((id) => added.slice(0, -1).includes(id))).toEqual(added.slice(0, -1));
	expect(ids.filter((id) => more.includes(id))).toEqual(more);
	expect(new Set(ids).size).toBe(ids.length);
});
