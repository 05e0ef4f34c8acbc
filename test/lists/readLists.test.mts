import { describe, expect, test } from '@jest/globals';
import type { INodeListSearchItems, INodeParameters } from 'n8n-workflow';
import { Uphance } from '../../nodes/Uphance/Uphance.node.ts';
import type { Options } from '../../sandbox/uphance/uphance.mts';
import { failureOf, listSearch } from '../n8n.mts';
import { sampled } from '../propertyRuns.mts';
import { groupForm, useWorld } from '../world.mts';
import type { Gettable } from './listFacts.mts';
import { gettable, listing } from './listFacts.mts';

const world = useWorld({ limits: { initialDelayMs: 5, deadlineMs: 5_000 }, starts: 'inTest' });

/** The search that the locator of a resource names in the editor. */
function searchOf({ resource, idParameter }: Gettable): string {
	const field = new Uphance().description.properties.find(
		({ name, displayOptions }) => name === idParameter && displayOptions?.show?.resource?.includes(resource),
	);
	const name = field?.modes?.find((mode) => mode.name === 'list')?.typeOptions?.searchListMethod;
	if (!name) throw new Error(`${resource} has no list`);
	return name;
}

const search = async (facts: Gettable, filter?: string, token?: string, more: INodeParameters = {}) =>
	await listSearch(world.credential, searchOf(facts), filter, token, {
		resource: facts.resource,
		operation: 'get',
		...more,
	});

/** Everything that the editor gets when the user scrolls on to the end, and how often it asked. */
async function all(facts: Gettable, filter?: string) {
	const results: INodeListSearchItems[] = [];
	let token: string | undefined;
	let calls = 0;
	do {
		const found = await search(facts, filter, token);
		results.push(...found.results);
		token = found.paginationToken as string | undefined;
		calls += 1;
	} while (token !== undefined && calls < 100);
	expect(token).toBeUndefined();
	return { results, calls };
}

const valuesOf = (results: INodeListSearchItems[]) => results.map(({ value }) => value);

/** Starts signed in, so that only the search is in the log. */
async function start(options: Options = {}, form = {}): Promise<void> {
	await world.start(options, form);
	await world.run();
	world.uphance.clearLog();
}

interface Listed {
	resource: string;
	/** In the label of the oldest record. */
	shows: string[];
	/** What somebody may type for the oldest record, and what finds several. */
	typed: string[];
	several: string;
	newestFirst: boolean;
	value: string | number;
}

const lists: Listed[] = [
	{
		resource: 'customer',
		shows: ['Barneys'],
		typed: ['barneys', 'C-1000', 'gb100009498', 'ada.ohara@customer9498.example'],
		several: 'wholesale',
		newestFirst: false,
		value: 9498,
	},
	{
		resource: 'product',
		shows: ['AW24-AAM', 'Aamira'],
		typed: ['AW24-AAM', 'aw24-aam', 'aamira', ' AAMIRA '],
		several: 'AW24',
		newestFirst: false,
		value: 6409,
	},
	{
		resource: 'sku',
		shows: ['Aamira', 'RED', 'XS', '5000006409000'],
		typed: ['5000006409000', 'aamira'],
		several: 'XL',
		newestFirst: false,
		value: '5000006409000',
	},
	{
		resource: 'invoice',
		shows: ['60168', 'Barneys', '2020-01-03'],
		typed: ['60168', 'barneys'],
		several: 'barneys',
		newestFirst: true,
		value: 1000079,
	},
	{
		resource: 'creditNote',
		shows: ['3020', '2020-01-26'],
		typed: ['3020'],
		several: '2020-01-27',
		newestFirst: true,
		value: 2004079,
	},
	{
		resource: 'payment',
		shows: ['Transfer 7000', '17.03', '2020-01-11'],
		typed: ['transfer 7000'],
		several: 'cash',
		newestFirst: true,
		value: 6000079,
	},
	{
		resource: 'pickTicket',
		shows: ['40000', 'Barneys', 'published', '2020-01-02'],
		typed: ['40000', 'barneys'],
		several: 'barneys',
		newestFirst: true,
		value: 3000079,
	},
	{
		resource: 'receivingTicket',
		shows: ['Delivery 1', 'Tessitura Lombarda', 'checked in'],
		typed: ['tessitura'],
		several: 'tessitura',
		newestFirst: true,
		value: 4000079,
	},
	{
		resource: 'return',
		shows: ['1020', 'RMA-1020'],
		typed: ['RMA-1020', 'rma-1020'],
		several: 'rma-10',
		newestFirst: true,
		value: 5004079,
	},
];

const named = (resource: string): Gettable => {
	const found = gettable.find((each) => each.resource === resource);
	if (!found) throw new Error(resource);
	return found;
};

test('Every resource that can be got has its list tested', () => {
	expect(lists.map(({ resource }) => resource)).toEqual(gettable.map(({ resource }) => resource));
});

describe.each(sampled(lists, 6))('The list of $resource', ({ resource, shows, typed, several, newestFirst, value }) => {
	const facts = named(resource);
	const { path, key, pages } = facts;
	const pagesAsked = () =>
		world.uphance
			.log()
			.filter((request) => request.path === path && !Object.keys(request.query).some((name) => name !== 'page'))
			.map(({ query }) => Number(query.page ?? 1));

	test('shows each record once while the user scrolls, and reads each page once', async () => {
		await start();
		const wanted = (await world.run({ parameters: listing(resource, { returnAll: true, simplify: false }) })).records
			.map((record) => (resource === 'sku' ? record.ean : record.id))
			.filter((each) => each !== '');
		world.uphance.clearLog();
		const { results, calls } = await all(facts);
		expect(valuesOf(results)).toHaveLength(wanted.length);
		expect(new Set(valuesOf(results))).toEqual(new Set(wanted));
		const sorted = [...wanted].sort((one, other) => Number(one) - Number(other));
		// Within a page, pick tickets that are not shipped come first.
		if (newestFirst && resource !== 'pickTicket') expect(valuesOf(results)).toEqual(sorted.reverse());
		expect(calls).toBe(pages);
		const further = pagesAsked().filter((page) => page > 1);
		expect(further).toHaveLength(new Set(further).size);
		expect(further).toHaveLength(pages - 1);
	});

	test('shows what users know of a record, and nothing for what is missing', async () => {
		await start();
		const { results } = await all(facts);
		const found = results.find((each) => each.value === value);
		for (const text of shows) expect(found?.name).toContain(text);
		for (const { name } of results) {
			expect(name).toBe(name.trim());
			expect(name).not.toMatch(/undefined|null|NaN|\[object|^$|· ·|^·|·$/);
		}
	});

	test('shows a record that lacks nearly everything without stray words', async () => {
		await start();
		const records = [
			{ id: 4711, ean: '4711' },
			{ id: 4712, ean: '4712', organisation_id: 9579 },
		];
		world.uphance.fault({ path, kind: 'json', body: { [key]: records }, times: 100 });
		const { results } = await search(facts);
		expect(results).toHaveLength(2);
		for (const { name } of results) expect(name).not.toMatch(/undefined|null|NaN|\[object|^\s*$|· ·|^·|·$/);
	});

	test('shows a record without stray words, whichever of its fields is null, empty or missing', async () => {
		await start();
		const parameters = listing(resource, { limit: 1, newestFirst: false, simplify: false });
		const [record = {}] = (await world.run({ parameters })).records;
		const names = Object.keys(record).filter((name) => !['id', 'ean', 'organisation_id'].includes(name));
		const records = names.flatMap((name) => [null, '', undefined].map((nothing) => ({ ...record, [name]: nothing })));
		world.uphance.fault({ path, kind: 'json', body: { [key]: records }, times: 100 });
		const labels = (await search(facts)).results.map(({ name }) => name);
		expect(labels).not.toEqual([]);
		const stray = labels.filter((name) => /undefined|null|NaN|\[object|^\s*$|· ·|^·|·$|(#|order)( ·|$)/.test(name));
		expect(new Set(stray)).toEqual(new Set());
	});

	test.each(typed)('finds the oldest by %j', async (text) => {
		await start();
		const { results } = await all(facts, text);
		expect(valuesOf(results)).toContain(value);
		expect(new Set(valuesOf(results)).size).toBe(results.length);
	});

	test.each([false, true])('finds all that a text is in (Uphance ignores filters: %s)', async (ignoresFilters) => {
		await start({ switches: { ignoresFilters } });
		const everything = (await all(facts)).results;
		const wanted = everything.filter(({ name }) => name.toLowerCase().includes(several.toLowerCase()));
		const { results } = await all(facts, ` ${several.toUpperCase()} `);
		if (resource !== 'customer') expect(wanted.length).toBeGreaterThan(1);
		expect(new Set(valuesOf(results))).toEqual(new Set(valuesOf(wanted)));
		expect(results).toHaveLength(wanted.length);
	});

	test('finds none when none matches, in at most five pages a keystroke, and ends', async () => {
		await start();
		const { results, paginationToken } = await search(facts, 'nobody of this name');
		expect(results).toEqual([]);
		expect(pagesAsked().length).toBe(newestFirst ? pages + 1 : pages); // the first page again, after the newest ones
		expect(paginationToken === undefined || typeof paginationToken === 'string').toBe(true);
		for (const text of ['nobody of this name', 'undefined', 'null', 'object']) {
			expect((await all(facts, text)).results).toEqual([]);
		}
	});

	test('of an organisation without any is empty', async () => {
		await start();
		const meta = { current_page: 1, next_page: null, prev_page: null, total_pages: 1, total_count: 0 };
		world.uphance.fault({ path, kind: 'json', body: { [key]: [], meta }, times: 100 });
		for (const text of [undefined, '', ' ', several]) {
			const { results, paginationToken } = await search(facts, text);
			expect(results).toEqual([]);
			expect(paginationToken).toBeUndefined();
		}
	});

	test('of the other organisation is searched there, and the own is restored', async () => {
		await start({}, groupForm);
		await search(facts, undefined, undefined, { options: { organisationId: '9601' } });
		const registered = world.uphance
			.log()
			.filter((request) => request.path === '/organisations/set_current_org')
			.map(({ body }) => (body as { organizationId: number }).organizationId);
		expect(registered).toEqual([9601, 9579]);
	});

	test('fails with an explanation when it is not answered', async () => {
		await start();
		world.uphance.fault({ path, kind: 'status', status: 500, times: 100 });
		const { message } = await failureOf(search(facts, several));
		expect(message).toContain('Uphance');
	});

	test('returns values that Get accepts', async () => {
		await start();
		const [first] = (await search(facts)).results;
		expect(typeof first?.value).toBe(resource === 'sku' ? 'string' : 'number');
		const locator = { __rl: true, mode: 'list', value: first?.value } as unknown as INodeParameters;
		const { records } = await world.run({ parameters: { resource, operation: 'get', [facts.idParameter]: locator } });
		expect(String(records[0]?.[resource === 'sku' ? 'ean' : 'id'])).toBe(String(first?.value));
	});
});

test.each([
	['product', 'AW24-AAM', 'GET /products filter[product_identifier]=AW24-AAM'],
	['pickTicket', '40000', 'GET /pick_tickets by_shipment_number=40000'],
])('%s: %j is asked for at once by the filter of the list', async (resource, text, request) => {
	await start();
	const facts = named(resource);
	const { results } = await search(facts, text);
	expect(results).toHaveLength(1);
	expect(world.asked(facts.path)).toEqual([request]);
});

test('SKUs without an EAN are left out, as none could be got by it', async () => {
	await start();
	const { results } = await all(named('sku'));
	expect(results.length).toBeLessThan(495);
	for (const { value } of results) expect(value).toMatch(/^\d{13}$/);
});
