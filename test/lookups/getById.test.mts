import { describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Fault } from '../../sandbox/uphance/faults.mts';
import type { Switches } from '../../sandbox/uphance/switches.mts';
import type { Gettable } from '../lists/listFacts.mts';
import { byId, getting, gettable, listing, pathFor, requestFor } from '../lists/listFacts.mts';
import { failureOf } from '../n8n.mts';
import { sampled } from '../propertyRuns.mts';
import { groupForm, useWorld } from '../world.mts';

const world = useWorld({ limits: { initialDelayMs: 5 }, starts: 'inTest' });

const emptyItem = { options: { ifNotFound: 'emptyItem' } };

const start = async (switches: Partial<Switches> = {}) => void (await world.start({ switches }));

const get = async (facts: Gettable, mode: string, value: unknown, more: INodeParameters = {}): Promise<IDataObject[]> =>
	(await world.run({ parameters: getting(facts, mode, value, more) })).records;

const refusalOf = async (facts: Gettable, mode: string, value: unknown, more: INodeParameters = {}) =>
	await failureOf(get(facts, mode, value, more));

const asked = ({ path }: Gettable) => world.asked(path);

const named = (resource: string): Gettable => {
	const found = gettable.find((each) => each.resource === resource);
	if (!found) throw new Error(resource);
	return found;
};

/** Another page of Uphance's web application than the resource's. */
const foreignPage = ({ resource }: Gettable) => (resource === 'customer' ? 'products' : 'customers');

const outages: Array<Omit<Fault, 'path'>> = [
	{ kind: 'status', status: 500 },
	{ kind: 'status', status: 503 },
	{ kind: 'status', status: 403 },
	{ kind: 'drop' },
	{ kind: 'empty' },
	{ kind: 'malformed' },
	{ kind: 'json', body: {} },
	{ kind: 'json', body: { error: 'Not found' } },
];

describe.each(sampled(byId, 6))('$resource by ID', (facts) => {
	const { resource, path, key, first, singular } = facts;
	const missing = new RegExp(`^No ${singular} has the ID '?4711'?$`);

	test.each(['documented', 'singular', 'plural', 'list', 'bare'] as const)(
		'is returned unchanged from the envelope "%s"',
		async (single) => {
			await start({ single });
			const list = await world.run({
				parameters: listing(resource, { limit: 1, newestFirst: false, simplify: false }),
			});
			world.uphance.clearLog();
			expect(JSON.stringify(await get(facts, 'id', String(first)))).toBe(JSON.stringify(list.records));
			expect(asked(facts)).toEqual([requestFor(facts, first)]);
		},
	);

	test.each([
		['list', first],
		['list', String(first)],
		['id', first],
		['id', ` ${first}\n`],
		['id', `https://app.uphance.com${path}/${first}`],
		['id', ` https://app.uphance.com${path}/${first}/ `],
		['id', `https://app.uphance.com${path}/${first}?tab=lines#top`],
		['id', `={{ ${first} }}`],
	])('chosen by %s as %j', async (mode, value) => {
		await start();
		expect(await get(facts, mode, value)).toMatchObject([{ id: first }]);
		expect(asked(facts)).toEqual([requestFor(facts, first)]);
	});

	test('as a bare value, which an AI agent yields', async () => {
		await start();
		const { records } = await world.run({
			parameters: { resource, operation: 'get', [facts.idParameter]: String(first) },
		});
		expect(records).toMatchObject([{ id: first }]);
	});

	test.each([
		'abc',
		`#${first}`,
		`${first}.5`,
		'-1',
		'../organisations',
		`${first}/5`,
		`${first}, 5`,
		`https://app.uphance.com/${foreignPage(facts)}/${first}`,
		`https://app.uphance.com${path}`,
	])('%j is no ID: it is refused by name, and nothing is sent', async (value) => {
		await start();
		const { message, description } = await refusalOf(facts, 'id', value, emptyItem);
		expect(message).toContain(value);
		expect(message.toLowerCase()).toContain(`'${singular}'`);
		expect(description).not.toBe('');
		expect(asked(facts)).toEqual([]);
	});

	test.each([
		['list', ''],
		['id', '  '],
		['id', '={{ $json.nowhere }}'],
		['id', '={{ null }}'],
	])('left empty (%s %j) is refused, and nothing is sent', async (mode, value) => {
		await start();
		const { message } = await refusalOf(facts, mode, value, emptyItem);
		expect(message.toLowerCase()).toContain(`'${singular}'`);
		expect(asked(facts)).toEqual([]);
	});

	test.each(['empty', 'json', 'status'] as const)(
		'that does not exist fails with the organisation (404: %s)',
		async (body) => {
			await start({ notFoundBody: body });
			for (const more of [{}, { options: {} }, { options: { ifNotFound: 'error' } }]) {
				const { message, description } = await refusalOf(facts, 'id', '4711', more);
				expect(message).toMatch(missing);
				expect(description).toContain('Looked in organisation Uphance Demo (9579)');
				expect(/deleted/.test(description)).toBe(resource === 'pickTicket');
			}
		},
	);

	test.each(['empty', 'json', 'status'] as const)(
		'that does not exist returns an empty item when chosen (404: %s)',
		async (notFoundBody) => {
			await start({ notFoundBody });
			expect(await get(facts, 'id', '4711', emptyItem)).toEqual([{ found: false }]);
			expect(await get(facts, 'id', '4711', { simplify: true, ...emptyItem })).toEqual([{ found: false }]);
		},
	);

	test('has "found" only with the option', async () => {
		await start();
		const [plain] = await get(facts, 'id', first);
		expect(plain).not.toHaveProperty('found');
		expect(await get(facts, 'id', first, emptyItem)).toEqual([{ ...plain, found: true }]);
	});

	test('with an empty list for an answer is not found', async () => {
		await start();
		world.uphance.fault({ path: pathFor(facts, first), kind: 'json', body: { [key]: [] }, times: 100 });
		expect(await get(facts, 'id', first, emptyItem)).toEqual([{ found: false }]);
	});

	test.each(sampled(outages, 2))('is not reported as missing when Uphance fails (%j)', async (fault) => {
		await start();
		world.uphance.fault({ ...fault, path: pathFor(facts, first), times: 100 });
		const { message } = await refusalOf(facts, 'id', first, emptyItem);
		expect(message).toContain('Uphance');
		expect(message).not.toContain(`No ${singular}`);
	});

	test('never yields another record, in whatever envelope', async () => {
		await start();
		for (const body of [{ [key]: [{ id: 1 }] }, { [key]: { id: 1 } }, { id: 1 }]) {
			world.uphance.clearFaults();
			world.uphance.fault({ path: pathFor(facts, first), kind: 'json', body, times: 100 });
			await refusalOf(facts, 'id', first);
		}
	});

	test('does not take the JSON value null for a record that does not exist', async () => {
		await start();
		world.uphance.fault({ path: pathFor(facts, first), kind: 'json', body: null, times: 100 });
		const { message } = await refusalOf(facts, 'id', first, emptyItem);
		expect(message).toContain('Uphance gave an unexpected answer when asked to');
	});

	test('never yields a record of a foreign organisation', async () => {
		await world.start({}, groupForm);
		const body = { [key]: [{ id: first, organisation_id: 9601 }] };
		world.uphance.fault({ path: pathFor(facts, first), kind: 'json', body, times: 100 });
		const { message } = await refusalOf(facts, 'id', first, emptyItem);
		expect(message).toContain('9601');
		expect(message).toContain('Uphance Demo (9579)');
	});

	test('never yields the wrong record where Uphance ignores filters', async () => {
		await start({ ignoresFilters: true });
		expect(await get(facts, 'id', first)).toMatchObject([{ id: first }]);
		expect(await get(facts, 'id', '4711', emptyItem)).toEqual([{ found: false }]);
	});

	const second = resource === 'customer' ? 9936 : resource === 'product' ? 7054 : first + 300;
	const wanted = [{ which: second }, { which: 4711 }, { which: `${first} ` }];

	test('of several items, each with its link', async () => {
		await start();
		const parameters = getting(facts, 'id', '={{ $json.which }}', emptyItem);
		const { items } = await world.run({ parameters, items: wanted });
		expect(items.map(({ json, pairedItem }) => [json.id, json.found, pairedItem])).toEqual([
			[second, true, { item: 0 }],
			[undefined, false, { item: 1 }],
			[first, true, { item: 2 }],
		]);
		expect(asked(facts).filter((request) => request === requestFor(facts, second))).toHaveLength(1);
		expect(Math.max(...world.uphance.log().map(({ underWay }) => underWay))).toBe(1);
		expect(world.uphance.signIns()).toBe(1);
	});

	test('of several items ends at the missing one, or continues with Continue On Fail', async () => {
		await start();
		const parameters = getting(facts, 'id', '={{ $json.which }}');
		const { message, itemIndex } = await failureOf(world.run({ parameters, items: wanted }));
		expect(message).toBe(`Item 2 of 3: No ${singular} has the ID 4711`);
		expect(itemIndex).toBe(1);
		const { items } = await world.run({ parameters, items: wanted, continueOnFail: true });
		expect(items.map(({ json, pairedItem }) => [json.id, pairedItem])).toEqual([
			[second, { item: 0 }],
			[undefined, { item: 1 }],
			[first, { item: 2 }],
		]);
		expect(items[1]?.json.error).toContain(`No ${singular} has the ID`);
	});

	test('in the other organisation is looked up and named there', async () => {
		await world.start({}, groupForm);
		const options = { organisationId: '9601' };
		const parameters = listing(resource, { limit: 1, newestFirst: false, simplify: false, options });
		const [there] = (await world.run({ parameters })).records;
		expect(await get(facts, 'id', there?.id, { options })).toEqual([there]);
		const { description } = await refusalOf(facts, 'id', '4711', { options });
		expect(description).toContain('Looked in organisation Uphance Outlet (9601)');
	});
});

interface Lookup {
	resource: string;
	mode: string;
	/** As messages name it. */
	words: string;
	sends: string;
	field: string;
	value: string;
	id: number;
	/** Of the last page. */
	late: [value: string, id: number];
}

const lookups: Lookup[] = [
	{
		resource: 'product',
		mode: 'product_identifier',
		words: 'product identifier',
		sends: 'filter[product_identifier]',
		field: 'product_identifier',
		value: 'AW24-AAM',
		id: 6409,
		late: ['AW25-JUN', 14379],
	},
	{
		resource: 'sku',
		mode: 'ean',
		words: 'EAN',
		sends: 'filter[ean]',
		field: 'ean',
		value: '5000006409017',
		id: 640901,
		late: ['5000014379241', 1437924],
	},
	{
		resource: 'pickTicket',
		mode: 'shipmentNumber',
		words: 'shipment number',
		sends: 'by_shipment_number',
		field: 'shipment_number',
		value: '40000',
		id: 3000079,
		late: ['40249', 3049979],
	},
];

describe.each(sampled(lookups, 6, 1))(
	'$resource by $mode',
	({ resource, mode, words, sends, field, value, id, late }) => {
		const facts = named(resource);
		const { path, key, singular } = facts;
		const lists = () => world.asked(path).filter((request) => request.startsWith(`GET ${path} `));

		test.each([value, ` ${value} `])('as %j is found through the filter of the list', async (typed) => {
			await start();
			const records = await get(facts, mode, typed);
			expect(records).toHaveLength(1);
			expect(records[0]).toMatchObject({ id });
			expect(String(records[0]?.[field])).toBe(value);
			expect(asked(facts)).toEqual([`GET ${path} ${sends}=${value}`]);
		});

		test('that does not exist fails with the organisation', async () => {
			await start();
			const { message, description } = await refusalOf(facts, mode, '99999');
			expect(message).toBe(`No ${singular} has the ${words} '99999'`);
			expect(description).toContain('Looked in organisation Uphance Demo (9579)');
			expect(/deleted/.test(description)).toBe(resource === 'pickTicket');
			expect(lists()).toEqual([`GET ${path} ${sends}=99999`]);
			expect(await get(facts, mode, '99999', emptyItem)).toEqual([{ found: false }]);
		});

		test('with characters of addresses goes out as it is', async () => {
			await start();
			await get(facts, mode, 'A 7&page=3/ü#', emptyItem);
			const queries = world.uphance.log().filter((request) => request.path === path);
			expect(queries[0]?.query).toEqual({ [sends]: 'A 7&page=3/ü#' });
		});

		test('never returns just any record where Uphance ignores the filter', async () => {
			await start({ ignoresFilters: true });
			expect(await get(facts, mode, value)).toMatchObject([{ id }]);
			expect(await get(facts, mode, '99999', emptyItem)).toEqual([{ found: false }]);
			expect((await refusalOf(facts, mode, '99999')).message).toContain(`No ${singular}`);
			expect(await get(facts, mode, late[0])).toMatchObject([{ id: late[1] }]);
		});

		test('never returns a record that has another value, or only a part', async () => {
			await start();
			const body = { [key]: [{ id: 1 }, { id: 2, [field]: null }, { id: 3, [field]: `${value}1` }] };
			world.uphance.fault({ path, kind: 'json', body, times: 100 });
			expect(await get(facts, mode, value, emptyItem)).toEqual([{ found: false }]);
		});

		test('that two have fails and names both', async () => {
			await start();
			const names = { name: 'Aamira', product_name: 'Aamira', color: 'RED', size: 'M', customer_name: 'Barneys' };
			const body = { [key]: [71, 72].map((each) => ({ id: each, ...names, [field]: value })) };
			world.uphance.fault({ path, kind: 'json', body, times: 100 });
			for (const more of [{}, emptyItem]) {
				const { message, description } = await refusalOf(facts, mode, value, more);
				expect(message).toContain(words);
				expect(`${message} ${description}`).toMatch(/71\b.*72\b/);
				expect(`${message} ${description}`).not.toMatch(/undefined|null/);
			}
		});

		test.each(sampled(outages, 2))('is not reported as missing when Uphance fails (%j)', async (fault) => {
			await start();
			world.uphance.fault({ ...fault, path, times: 100 });
			const { message } = await refusalOf(facts, mode, value, emptyItem);
			expect(message).not.toContain(`No ${singular}`);
		});

		test.each(['', ' ', '={{ $json.nowhere }}'])('left empty (%j) is refused, and nothing is sent', async (typed) => {
			await start();
			const { message } = await refusalOf(facts, mode, typed, emptyItem);
			expect(message.toLowerCase()).toContain(`'${singular.toLowerCase()}'`);
			expect(asked(facts)).toEqual([]);
		});

		test('of several items, each with its link', async () => {
			await start();
			const parameters = getting(facts, mode, '={{ $json.which }}', emptyItem);
			const items = [{ which: late[0] }, { which: 'nothing' }, { which: value }];
			const ran = await world.run({ parameters, items });
			expect(ran.items.map(({ json, pairedItem }) => [json.id, pairedItem])).toEqual([
				[late[1], { item: 0 }],
				[undefined, { item: 1 }],
				[id, { item: 2 }],
			]);
		});
	},
);

describe('A SKU', () => {
	const sku = named('sku');

	test('as a bare value, which an AI agent yields, is an EAN', async () => {
		await start();
		const { records } = await world.run({
			parameters: { resource: 'sku', operation: 'get', skuId: '5000006409017' },
		});
		expect(records).toMatchObject([{ id: 640901 }]);
	});

	test('of which two have the EAN does not advise the ID: there is no such mode', async () => {
		await start();
		const body = { skus: [71, 72].map((id) => ({ id, ean: '5000006409017' })) };
		world.uphance.fault({ path: '/skus', kind: 'json', body, times: 100 });
		const { message, description } = await refusalOf(sku, 'ean', '5000006409017');
		expect(`${message} ${description}`).not.toMatch(/by ID/i);
	});

	test.each([false, true])(
		'that does not tell its EAN is found through its product (filters ignored: %s)',
		async (ignores) => {
			await start({ ignoresFilters: ignores });
			world.uphance.fault({ path: '/skus', kind: 'fields', body: { ean: undefined, id: undefined }, times: 100 });
			expect(await get(sku, 'ean', '5000006409017')).toMatchObject([{ sku_number: 'AW24-AAM-RED-S' }]);
			expect((await refusalOf(sku, 'ean', '4006381333931')).message).toBe("No SKU has the EAN '4006381333931'");
		},
	);

	test.each([
		['list', '5000006409017'],
		['list', 5000006409017],
		['ean', 5000006409017],
	])('chosen by %s as %j is asked for by its EAN', async (mode, value) => {
		await start();
		expect(await get(sku, mode, value)).toMatchObject([{ id: 640901 }]);
		expect(asked(sku)).toEqual(['GET /skus filter[ean]=5000006409017']);
	});
});

test('The message about a missing pick ticket says that it may have been deleted', async () => {
	await start();
	const ticket = named('pickTicket');
	expect(await get(ticket, 'id', 3000079)).toHaveLength(1);
	world.uphance.deletePickTicket(3000079);
	const { message, description } = await refusalOf(ticket, 'id', 3000079);
	expect(message).toMatch(/^No pick ticket has the ID '?3000079'?$/);
	expect(description).toContain('Uphance Demo (9579)');
	expect(description).toMatch(/may have been deleted/);
	expect(await get(ticket, 'shipmentNumber', 40000, emptyItem)).toEqual([{ found: false }]);
});

test('An invoice is asked for by the list filter also where the other way works', async () => {
	await start({ invoiceById: true });
	const invoice = named('invoice');
	expect(await get(invoice, 'id', 1000079)).toHaveLength(1);
	expect(asked(invoice)).toEqual(['GET /invoices invoice_id=1000079']);
});

test('An invoice of a later page is not said to be missing where Uphance ignores the filter', async () => {
	await start({ ignoresFilters: true });
	const invoice = named('invoice');
	expect(await get(invoice, 'id', 1049979, emptyItem)).toMatchObject([{ id: 1049979, found: true }]);
});
