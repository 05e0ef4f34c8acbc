import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { lists } from '../../check/lists.mts';
import { resources } from '../../nodes/Uphance/resources/index.ts';
import type { Switches } from '../../sandbox/uphance/switches.mts';
import { defaultSwitches } from '../../sandbox/uphance/switches.mts';
import { sampled } from '../propertyRuns.mts';
import type { Result } from './standIn.mts';
import { checkStandIn } from './standIn.mts';

/** A run for all tests that look at the same stand-in. */
function once(options: Parameters<typeof checkStandIn>[0] = {}): () => Promise<Result> {
	let run: Promise<Result> | undefined;
	return async () => await (run ??= checkStandIn(options));
}

/** What shows that a switch is in another position than its default. */
const settled: Array<[keyof Switches, Array<Switches[keyof Switches]>, string, string]> = [
	['withoutOrganisation', ['forbidden'], 'Before an organisation was chosen', '403 without a body'],
	['refusedSignIn', [401], 'A sign-in that is rejected', '401 with JSON, invalid_grant'],
	['refreshRotates', [false], 'Refresh token', 'works twice; the old access token still works'],
	['organisationId', ['other', 'record'], 'organisation_id of records', 'number'],
	['orderNumber', ['number'], 'order_number of a sales order', 'integer'],
	['timestamps', ['+00:00'], 'Times', 'time with ms, ending in +00:00'],
	['createdAt', ['descending', 'shuffled'], 'created_at of sales orders, by ID', ''],
	['notFoundBody', ['json', 'status'], 'A record that does not exist', '404 with JSON: '],
	['referenceFilter', ['contains'], 'sales orders: by_purchase_order_ref', 'heeded, also a part of the value'],
	['seasonId', ['number'], 'season_id of a product', 'integer'],
	['invoiceById', [true], 'invoices: GET /invoices/{id}', 'exists'],
	['skuIds', ['id', 'none'], 'IDs of a SKU in its list', ''],
];

describe('The check of the stand-in as it is', () => {
	const run = once();

	test('finds nothing that differs', async () => {
		const { facts, finding } = await run();
		expect(facts('differs', 'matters')).toEqual([]);
		expect(facts('not seen')).toEqual([
			'The organisation belongs to: this user has one organisation',
			'Several invoice numbers of an order: no order has several',
			'Several shipment numbers of an order: no order has several',
			'Headers about limits: none came',
			'Too many requests (429): it did not happen',
		]);
		expect(finding('sales orders: order of the list')).toMatchObject({ verdict: 'fits', seen: 'IDs ascend' });
		expect(finding('sales orders: by_purchase_order_ref').seen).toBe('heeded, the whole value');
		expect(finding('vendor invoices: per_page').seen).toBe('heeded');
		expect(finding('Before an organisation was chosen').seen).toBe('lists are empty');
		expect(finding('created_at of sales orders, by ID').seen).toBe('ascends, with exceptions');
	});

	test('takes sixty to ninety requests, one at a time, and none that could change a record', async () => {
		const { requests, uphance, isSignedOut } = await run();
		const log = uphance.log();
		expect(requests).toBeGreaterThanOrEqual(60);
		expect(requests).toBeLessThanOrEqual(90);
		expect(log).toHaveLength(requests);
		expect(Math.max(...log.map(({ underWay }) => underWay))).toBe(1);
		expect(
			new Set(log.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`)),
		).toEqual(new Set(['POST /oauth/token', 'POST /organisations/set_current_org', 'POST /oauth/revoke_tokens']));
		expect(isSignedOut).toBe(true);
	});

	test('sets the switches that reading can settle to what they are', async () => {
		const { report } = await run();
		expect(defaultSwitches).toMatchObject(report.switches);
		expect(Object.keys(report.switches).sort()).toEqual(settled.map(([name]) => name).sort());
		expect(report.lists).toEqual({});
	});
});

describe('The check finds each switch of the stand-in in each other position:', () => {
	const ofLists = [
		{ name: 'listOrder', value: 'descending', fact: 'order of the list', seen: 'IDs descend' },
		{ name: 'listOrder', value: 'shuffled', fact: 'order of the list', seen: 'neither by ID nor by created_at' },
		{ name: 'ignoresSinceId', value: true, fact: 'since_id', seen: 'ignored' },
		{ name: 'ignoresFilters', value: true, fact: 'by_order_number', seen: 'ignored' },
		{ name: 'single', value: 'plural', fact: 'GET of one', seen: 'under its plural name' },
		{ name: 'single', value: 'list', fact: 'GET of one', seen: 'under its plural name, in a list' },
		{ name: 'single', value: 'bare', fact: 'GET of one', seen: 'without an envelope' },
	];
	const firsts = Object.fromEntries(settled.map(([name, [first]]) => [name, first]));
	// Switches that do not hide each other share a run.
	const together: Array<Partial<Switches>> = [
		{ ...firsts, listOrder: 'descending', ignoresSinceId: true, single: 'plural' },
		{
			organisationId: 'record',
			createdAt: 'shuffled',
			skuIds: 'none',
			listOrder: 'shuffled',
			single: 'list',
			notFoundBody: 'status',
		},
		{ ignoresFilters: true, single: 'bare' },
	];
	const runs = together.map((switches) => ({
		switches: new Map<string, unknown>(Object.entries(switches)),
		run: once({ switches }),
	}));
	const runWith = async (name: string, value: unknown): Promise<Result> => {
		const found = runs.find(({ switches }) => switches.get(name) === value);
		if (!found) throw new Error(`No run has ${name}=${String(value)}`);
		return await found.run();
	};

	const positions = settled.flatMap(([name, values, fact, seen]) =>
		values.map((value) => ({ name, value, fact, seen })),
	);

	test.each(sampled(positions, 6))('$name=$value', async ({ name, value, fact, seen }) => {
		const { report, finding } = await runWith(name, value);
		expect(report.switches[name]).toBe(value);
		expect(finding(fact).verdict).toMatch(/differs|matters/);
		expect(finding(fact).seen).toContain(seen);
		expect(finding(fact).means).toMatch(/\.$/);
	});

	test.each(sampled(ofLists, 6, 1))('$name=$value', async ({ name, value, fact, seen }) => {
		const { report, finding } = await runWith(name, value);
		expect(finding(`sales orders: ${fact}`).seen).toBe(seen);
		expect(report.lists['/sales_orders']).toMatchObject({ [name]: value });
	});

	test('single=singular, where the plural is known', async () => {
		const { finding, report } = await checkStandIn({ switches: { single: 'singular' } });
		expect(finding('returns: GET of one')).toMatchObject({ verdict: 'differs', seen: 'under its singular name' });
		expect(report.lists).toEqual({ '/credit_notes': { single: 'singular' }, '/returns': { single: 'singular' } });
	});

	test.each(['user', 'token'] as const)('organisationState=%s, with --switching', async (organisationState) => {
		const { report, uphance } = await checkStandIn({
			switches: { organisationState },
			login: { email: 'group@example.com', password: 'group-password', organisation: '9579', switching: true },
		});
		expect(report.switches.organisationState).toBe(organisationState);
		const registered = uphance.log().filter(({ path }) => path === '/organisations/set_current_org');
		expect(registered.at(-1)?.body).toEqual({ organizationId: 9579 });
	});

	const onlyByWriting = [
		'updatedAt',
		'createdStatus',
		'createdAnswer',
		'putValues',
		'stockSign',
		'visibleAfter',
		'webhookBody',
		'withoutPaymentTerm',
	];

	test('but for those that only a write can show, which docs/api.md names', () => {
		const api = readFileSync(join(__dirname, '..', '..', 'docs', 'api.md'), 'utf8');
		const [, named = ''] = /Only a write or an event shows the others:([^.]+)\./.exec(api) ?? [];
		expect([...named.matchAll(/`(\w+)`/g)].map(([, name]) => name).sort()).toEqual([...onlyByWriting].sort());
		const found = [...settled.map(([name]) => name), ...ofLists.map(({ name }) => name), 'organisationState'];
		expect(new Set([...found, ...onlyByWriting])).toEqual(new Set(Object.keys(defaultSwitches)));
	});
});

describe('The check of a stand-in that differs in ten ways', () => {
	const options = {
		switches: {
			refusedSignIn: 401,
			organisationId: 'other',
			timestamps: '+00:00',
			createdAt: 'shuffled',
			notFoundBody: 'json',
			referenceFilter: 'contains',
			seasonId: 'number',
		},
		lists: {
			'/customers': { listOrder: 'shuffled', perPage: 50 },
			'/credit_notes': { ignoresSinceId: true },
		},
	} as const;

	const run = once(options);

	test('finds all ten, with what they mean', async () => {
		const { facts, finding } = await run();
		expect(facts('differs', 'matters')).toEqual([
			'A sign-in that is rejected: 401 with JSON, invalid_grant',
			'A record that does not exist: 404 with JSON: error',
			'customers: pages: meta as described, 50 on a page',
			'customers: order of the list: neither by ID nor by created_at',
			'credit notes: since_id: ignored',
			'sales orders: by_purchase_order_ref: heeded, also a part of the value',
			'organisation_id of records: one other number',
			'Times: time with ms, ending in +00:00; time with ms and an offset',
			'created_at of sales orders, by ID: in no order',
			'season_id of a product: integer',
		]);
		expect(facts('matters')).toHaveLength(3);
		expect(finding('customers: order of the list').means).toContain(
			'Get Many with a Limit reads all pages of customers',
		);
		expect(finding('created_at of sales orders, by ID').means).toContain(
			"'Created After' and 'Created Before' read all",
		);
	});

	test('makes the stand-in the same with its switches', async () => {
		const { report, facts } = await run();
		expect(report.lists).toEqual(options.lists);
		const { switches, lists: ofLists } = report;
		const again = await checkStandIn({ switches, lists: ofLists });
		expect(again.facts('differs', 'matters')).toEqual(facts('differs', 'matters'));
	});
});

describe('What the check knows of the nodes', () => {
	const records = resources.flatMap((resource) => resource.records ?? []);

	test('is what the nodes do', () => {
		for (const { recordType, simplify } of records) {
			const facts = lists.find(({ path }) => path === recordType.path);
			const { listKey, singularKey, plural, supportsSinceId } = recordType;
			expect(facts && { ...facts, plural: String(facts.plural) }).toMatchObject({ listKey, singularKey, plural });
			expect(facts?.sinceId).toBe(supportsSinceId);
			const derived = ['email', 'phone', 'colors', 'in_stock', 'available_to_sell'];
			const simplified = Object.keys(simplify?.({}) ?? {}).filter((name) => !derived.includes(name));
			expect(facts?.used).toEqual(expect.arrayContaining(simplified));
		}
		expect(records.length).toBeGreaterThan(10);
	});
});
