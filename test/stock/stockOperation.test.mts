import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { Uphance } from '../../nodes/Uphance/Uphance.node.ts';
import type { Fault } from '../../sandbox/uphance/faults.mts';
import { group } from '../../sandbox/uphance/uphance.mts';
import { limits } from '../limits.mts';
import type { Failed, Ran, Run } from '../n8n.mts';
import { failureOf } from '../n8n.mts';
import { skuField } from '../skus/skuField.mts';
import { groupForm, useWorld } from '../world.mts';

const world = useWorld({
	form: groupForm,
	signedIn: true,
	limits: { initialDelayMs: 5, requestTimeoutMs: 2_000, recheckAfterMs: [10, 50, 150] },
});
afterEach(() => void jest.restoreAllMocks());

/** A row in JSON. */
const row: INodeParameters = { sku_id: '640901', quantity: 2 };
/** The same row in the form. */
const inForm = ({ sku_id, ...rest }: INodeParameters): INodeParameters =>
	sku_id === undefined ? rest : { ...rest, sku: skuField('sku_id', String(sku_id)) };
const base: INodeParameters = {
	resource: 'stockOperation',
	operation: 'create',
	lineQuantities: { lineQuantity: [inForm(row)] },
};
const withFields = (additionalFields: INodeParameters): INodeParameters => ({ ...base, additionalFields });
const ofRows = (...lineQuantity: INodeParameters[]): INodeParameters => ({
	...base,
	lineQuantities: { lineQuantity: lineQuantity.map(inForm) },
});
const ofJson = (lineQuantitiesJson: string): INodeParameters => ({
	...base,
	lineQuantitiesSource: 'json',
	lineQuantitiesJson,
});

const path = '/stock_operations';
const post = `POST ${path}`;
const injectFault = (fault: Omit<Fault, 'path' | 'method'>) => world.uphance.fault({ path, method: 'POST', ...fault });
const asked = () => world.asked(path);
const counted = () => world.uphance.stockOperations();
const bodies = () =>
	world.uphance
		.log()
		.filter((request) => request.path === path)
		.map(({ body }) => body as { stock_operation: IDataObject; idempotency_key?: string });
const keys = () => bodies().map(({ idempotency_key: key }) => key);
const lines = () => bodies().map(({ stock_operation: { line_quantities: sent } }) => sent);

/** Where n8n runs the node: the harness knows one place only. */
/** Runs the node elsewhere: in another execution, another run of a loop, or as another node. */
const runAt = async (place: Pick<Run, 'executionId' | 'runIndex' | 'nodeId'>, run: Run): Promise<Ran> =>
	await world.run({ ...run, ...place });

describe('A stock operation', () => {
	test('is sent as one request with its rows, an idempotency key, and nothing else', async () => {
		const { items } = await world.run({ parameters: base });
		expect(asked()).toEqual([post]);
		expect(bodies()).toStrictEqual([
			{
				stock_operation: { line_quantities: [{ sku_id: 640901, quantity: 2 }] },
				idempotency_key: expect.stringMatching(/^.{1,128}$/),
			},
		]);
		expect(items).toEqual([
			{
				json: expect.objectContaining({ id: expect.any(Number), idempotency_key: keys()[0] }),
				pairedItem: { item: 0 },
			},
		]);
		expect(counted()).toHaveLength(1);
	});

	test('with everything goes out under the API’s names, with the user’s own key as it is', async () => {
		const texts = {
			source: 'Web shop',
			external_ref: '1001',
			external_url: 'https://shop.example.com/orders/1001?a=1&b=2',
			comments: 'Größe "M"\nsecond line',
		};
		const key = 'shopify #1001 | sale & Ü';
		const { records } = await world.run({ parameters: withFields({ ...texts, idempotency_key: key }) });
		expect(bodies()).toStrictEqual([
			{ stock_operation: { ...texts, line_quantities: [{ sku_id: 640901, quantity: 2 }] }, idempotency_key: key },
		]);
		expect(records[0]).toHaveProperty('idempotency_key', key);
		expect(counted().map((each) => each.key)).toEqual([key]);
	});

	test('with a reference that an expression yields as number sends text', async () => {
		await world.run({ parameters: withFields({ external_ref: '={{ 1001 }}', idempotency_key: '={{ 1001 }}' }) });
		expect(bodies()[0]).toMatchObject({ stock_operation: { external_ref: '1001' }, idempotency_key: '1001' });
	});

	test.each<INodeParameters>([
		{},
		{ source: '', external_ref: '', external_url: '', comments: '', idempotency_key: '', additionalJson: '' },
		{ source: ' ', external_ref: ' ', external_url: ' ', comments: ' ', idempotency_key: ' ', additionalJson: '{}' },
	])('with blank fields, %j, sends none of them, and a key of its own', async (additionalFields) => {
		await world.run({ parameters: withFields(additionalFields) });
		expect(Object.keys(bodies()[0]?.stock_operation ?? {})).toEqual(['line_quantities']);
		expect(keys()[0]?.trim()).toMatch(/^.{8,128}$/);
	});

	test('sends Additional JSON, which overrides the fields', async () => {
		world.sendsAnything = true;
		const additionalJson = '{"warehouse_id": 7, "source": "Till"}';
		await world.run({ parameters: withFields({ source: 'Web shop', additionalJson }) });
		expect(bodies()[0]?.stock_operation).toEqual({
			source: 'Till',
			warehouse_id: 7,
			line_quantities: [{ sku_id: 640901, quantity: 2 }],
		});
	});

	test('with a key in Additional JSON has that key', async () => {
		world.sendsAnything = true;
		await world.run({ parameters: withFields({ additionalJson: '{"idempotency_key": "mine"}' }) });
		expect(keys()).toEqual(['mine']);
	});

	test.each(['takes', 'adds'] as const)('sends the same where a positive quantity %s', async (stockSign) => {
		await world.start({ switches: { stockSign } });
		await world.run({ parameters: base });
		expect(lines()).toEqual([[{ sku_id: 640901, quantity: 2 }]]);
	});
});

describe('Rows', () => {
	const rows = [
		{ sku_id: '640901', quantity: 2 },
		{ sku_id: '640902', quantity: 1 },
		{ sku_id: ' 640901 ', quantity: 3 },
	];
	const sent = [
		{ sku_id: 640901, quantity: 5 },
		{ sku_id: 640902, quantity: 1 },
	];

	test.each([
		['fields', ofRows(...rows)],
		['JSON text', ofJson(JSON.stringify(rows))],
		['a list from an expression', ofJson('={{ $json.rows }}')],
		['numbers as text', ofJson('={{ $json.rows.map((row) => ({ ...row, quantity: String(row.quantity) })) }}')],
		['further columns', ofJson('={{ $json.rows.map((row) => ({ ...row, name: "x", price: null })) }}')],
	])('of one SKU are added up: %s', async (_, parameters) => {
		await world.run({ parameters, items: [{ rows }] });
		expect(lines()).toStrictEqual([sent]);
	});

	test.each([
		['with 0', [{ sku_id: 640901, quantity: 0 }, ...sent.slice(1)]],
		['with "0"', [{ sku_id: '640901', quantity: '0' }, ...sent.slice(1)]],
		['that make up 0', [{ sku_id: 640901, quantity: 2 }, { sku_id: 640901, quantity: -2 }, ...sent.slice(1)]],
	])('%s are left out', async (_, list) => {
		await world.run({ parameters: ofJson(JSON.stringify(list)) });
		expect(lines()).toEqual([[{ sku_id: 640902, quantity: 1 }]]);
	});

	test('may have negative quantities, as nobody knows the sign', async () => {
		await world.run({ parameters: ofRows({ sku_id: '640901', quantity: -2 }) });
		await world.run({ parameters: ofJson('[{"sku_id": "640901", "quantity": "-2"}]') });
		expect(lines()).toEqual(Array(2).fill([{ sku_id: 640901, quantity: -2 }]));
	});
});

describe('Nothing is sent', () => {
	async function refusal(parameters: INodeParameters, json: IDataObject = {}): Promise<Failed> {
		const failed = await failureOf(world.run({ parameters, items: [json] }));
		expect(world.asked()).toEqual([]);
		expect(failed.itemIndex).toBe(0);
		expect(failed.message).not.toMatch(/undefined|\[object|is not a function|Cannot read/);
		expect(failed.message.length).toBeGreaterThan(10);
		return failed;
	}

	test.each<INodeParameters>([
		{ sku_id: '' },
		{ sku_id: 'TEE-RED-M' },
		{ sku_id: '6409.5' },
		{ sku_id: '-640901' },
		{ sku_id: '0x10' },
		{ sku_id: '={{ $json.nowhere }}' },
		{ quantity: 1.5 },
		{ quantity: '={{ $json.nowhere }}' },
		{ quantity: '={{ null }}' },
		{ quantity: '={{ "" }}' },
		{ quantity: '={{ " " }}' },
		{ quantity: '={{ "1,5" }}' },
		{ quantity: '={{ "many" }}' },
		{ quantity: '={{ "0x10" }}' },
		{ quantity: '={{ true }}' },
		{ quantity: '={{ Infinity }}' },
	])('when row 2 of the fields has %j, by its number', async (bad) => {
		expect((await refusal(ofRows(row, { ...row, ...bad }))).message).toMatch(/row 2/i);
	});

	test.each<[string, unknown]>([
		['text', 'one'],
		['null', null],
		['a list', [row]],
		['no SKU', { quantity: 1 }],
		['a SKU that is null', { sku_id: null, quantity: 1 }],
		['a SKU of 0', { sku_id: 0, quantity: 1 }],
		['no quantity', { sku_id: 640901 }],
		['a blank quantity', { sku_id: 640901, quantity: ' ' }],
		['a quantity that is null', { sku_id: 640901, quantity: null }],
		['a fraction', { sku_id: 640901, quantity: 1.5 }],
		['a fraction as text', { sku_id: 640901, quantity: '1.5' }],
		['yes', { sku_id: 640901, quantity: true }],
		['a list as quantity', { sku_id: 640901, quantity: [1] }],
	])('when row 2 of the JSON has or is %s, by its number', async (_, bad) => {
		expect((await refusal(ofJson(JSON.stringify([row, bad, row])))).message).toMatch(/row 2/i);
		expect((await refusal(ofJson('={{ $json.rows }}'), { rows: [row, bad] } as IDataObject)).message).toMatch(/row 2/i);
	});

	test.each([
		'{"sku_id": 1',
		"[{'sku_id': 1}]",
		'{"sku_id": 640901, "quantity": 1}',
		'"text"',
		'5',
		'null',
		'true',
		'',
		'  ',
		'={{ $json.nowhere }}',
		'={{ null }}',
		'={{ { sku_id: 640901, quantity: 1 } }}',
	])('when the JSON is %j and no list, which is named', async (json) => {
		expect((await refusal(ofJson(json))).message).toContain("'Quantities JSON'");
	});

	test.each([
		['the list is empty', ofJson('[]')],
		['there is no row', ofRows()],
		['nothing was filled in', { ...base, lineQuantities: {} }],
		['all rows have 0', ofRows({ ...row, quantity: 0 })],
	])('when %s', async (_, parameters) => {
		await refusal(parameters);
	});

	test.each(['qty', 'Quantity', 'QTY', 'pcs'])('when the quantity is called %j, with the right name', async (name) => {
		const { message, description } = await refusal(ofJson(JSON.stringify([{ sku_id: 640901, [name]: 3, price: 45 }])));
		expect(message).toBe(`"${name}" in row 1 must be called "quantity"`);
		expect(description).toBe('Rename the column. Nothing was sent for this item.');
	});

	test('when the rows make up 0', async () => {
		const rows = '[{"sku_id": 640901, "quantity": 2}, {"ean": "5000006409017", "quantity": -2}]';
		const { message } = await failureOf(world.run({ parameters: ofJson(rows) }));
		expect(message).toBe('The stock operation moves nothing');
		expect(asked()).toEqual([]);
	});

	test('when the key has more than 128 characters, which says so', async () => {
		const { message } = await refusal(withFields({ idempotency_key: 'k'.repeat(129) }));
		expect(message).toContain("'Idempotency Key'");
		expect(message).toContain('128');
	});

	test('but a key with 128 is sent', async () => {
		const key = 'ü'.repeat(128);
		await world.run({ parameters: withFields({ idempotency_key: key }) });
		expect(keys()).toEqual([key]);
	});

	test.each([
		['idempotency_key', "'Idempotency Key'"],
		['source', "'Source'"],
		['external_ref', "'External Ref'"],
		['external_url', "'External URL'"],
		['comments', "'Comments'"],
		['additionalJson', "'Additional JSON'"],
	])('when the expression of %s yields nothing, by its name', async (field, name) => {
		for (const value of ['={{ $json.nowhere }}', '={{ null }}', '={{ [1] }}']) {
			expect((await refusal(withFields({ [field]: value }))).message).toContain(name);
		}
	});

	test.each(['{"notes": ', 'notes', '[{"notes": "x"}]', '5', 'null'])(
		'when Additional JSON is %j and no object',
		async (additionalJson) => {
			expect((await refusal(withFields({ additionalJson }))).message).toContain("'Additional JSON'");
		},
	);
});

describe('The key that the node makes', () => {
	test('is the same when n8n’s Retry On Fail runs the node again: it counts once', async () => {
		const run = { parameters: base, items: [{}, {}, {}], retryOnFail: true };
		await world.run(run);
		const { records } = await world.run(run);
		expect(asked()).toHaveLength(6);
		expect(new Set(keys()).size).toBe(3);
		expect(counted()).toHaveLength(3);
		expect(records.map(({ idempotency_key: key }) => key)).toEqual(keys().slice(0, 3));
	});

	test('is another in each run of a loop, of which each counts, and none twice with Retry On Fail', async () => {
		const run = { parameters: base, items: [{}, {}], retryOnFail: true };
		for (const runIndex of [0, 0, 1, 1, 2, 2]) await runAt({ runIndex }, run);
		expect(asked()).toHaveLength(12);
		expect(new Set(keys()).size).toBe(6);
		expect(counted()).toHaveLength(6);
	});

	test.each<[string, Pick<Run, 'executionId' | 'runIndex' | 'nodeId'>]>([
		['execution', { executionId: '2' }],
		['run of a loop', { runIndex: 1 }],
		['node of the workflow', { nodeId: 'another' }],
	])('is another in another %s', async (_, place) => {
		await runAt({}, { parameters: base });
		await runAt(place, { parameters: base });
		await runAt(place, { parameters: base });
		expect(keys()[0]).not.toBe(keys()[1]);
		expect(keys()[1]).toBe(keys()[2]);
		expect(counted()).toHaveLength(2);
	});

	test('differs for executions, runs and items with alike digits', async () => {
		await runAt({ executionId: '1', runIndex: 11 }, { parameters: base, items: [{}, {}] });
		await runAt({ executionId: '11', runIndex: 1 }, { parameters: base, items: [{}, {}] });
		await runAt({ executionId: '111', runIndex: 0 }, { parameters: base, items: [{}, {}] });
		expect(new Set(keys()).size).toBe(6);
	});

	test('is another in another organisation', async () => {
		await world.run({ parameters: base });
		await world.run({ parameters: { ...base, options: { organisationId: '9601' } } });
		expect(keys()).toHaveLength(2);
		expect(new Set(keys()).size).toBe(2);
	});

	test('is the same for the credential’s organisation by id, by name and as it is', async () => {
		for (const options of [{}, { organisationId: '9579' }, { organisationId: 'uphance DEMO' }]) {
			await world.run({ parameters: { ...base, options } });
		}
		expect(new Set(keys()).size).toBe(1);
		expect(counted()).toHaveLength(1);
	});

	test('contains nothing of the execution', async () => {
		await world.run({ parameters: base });
		for (const secret of [...world.uphance.secrets(), group.email]) expect(keys()[0]).not.toContain(secret);
	});
});

describe('The user’s own key', () => {
	test('counts once, in whatever execution', async () => {
		const parameters = withFields({ idempotency_key: 'shopify-1001-sale' });
		const first = await runAt({ executionId: '1' }, { parameters });
		const second = await runAt({ executionId: '2', runIndex: 3 }, { parameters });
		expect(counted()).toHaveLength(1);
		expect(second.records).toEqual(first.records);
	});

	test('of each item is its own', async () => {
		const parameters = withFields({ idempotency_key: '={{ $json.key }}' });
		const { records } = await world.run({ parameters, items: [{ key: 'a' }, { key: 'b' }] });
		expect(records.map(({ idempotency_key: key }) => key)).toEqual(['a', 'b']);
	});
});

describe('An answer that was lost', () => {
	test.each([
		['dropAfter', 0],
		['drop', 0],
		['hang', 0],
		['status', 500],
		['status', 502],
		['status', 503],
		['status', 504],
		['html', 502],
		['status', 429],
	] as const)('(%s %i) is retried with the same key, and counts once', async (kind, status) => {
		Object.assign(limits, { requestTimeoutMs: 200 });
		injectFault({ kind, status, times: 2 });
		const { records } = await world.run({ parameters: base });
		expect(asked()).toEqual([post, post, post]);
		expect(new Set(keys()).size).toBe(1);
		expect(counted()).toHaveLength(1);
		expect(records[0]).toMatchObject({ idempotency_key: keys()[0] });
	});

	// The next execution makes another key, so whoever runs it again must know that the first may have counted.
	test.each([
		['dropAfter', 0],
		['hang', 0],
		['status', 500],
		['status', 503],
	] as const)('for ever (%s %i) leaves open whether it counted, and says so', async (kind, status) => {
		Object.assign(limits, { requestTimeoutMs: 100 });
		injectFault({ kind, status, times: 100 });
		const { message, description } = await failureOf(world.run({ parameters: base }));
		expect(message).toMatch(/, so the stock operation may have been created$/);
		expect(description).toBe(
			`Before you run it again, enter '${keys()[0]}' as 'Idempotency Key'. Uphance counts the same key only once.`,
		);
		expect(asked()).toHaveLength(5);
		expect(counted()).toHaveLength(kind === 'dropAfter' ? 1 : 0);
	});

	test('after the session ended at that moment counts once', async () => {
		injectFault({ kind: 'expireFirst' });
		injectFault({ kind: 'dropAfter' });
		await world.run({ parameters: base });
		expect(new Set(keys()).size).toBe(1);
		expect(counted()).toHaveLength(1);
	});
});

describe('What Uphance refuses', () => {
	test('is named: a SKU that does not exist, which the node does not look up in Additional JSON', async () => {
		const additionalJson = '{"line_quantities": [{"sku_id": 1, "quantity": 1}]}';
		const { message, itemIndex } = await failureOf(world.run({ parameters: withFields({ additionalJson }) }));
		expect(message).toBe('Uphance refused the stock operation: sku must exist');
		expect(itemIndex).toBe(0);
		expect(asked()).toEqual([post]);
		expect(counted()).toEqual([]);
	});

	test.each([400, 403, 404, 409, 422])('with %i is not sent again', async (status) => {
		injectFault({ kind: 'status', status, times: 10 });
		const { message, description } = await failureOf(world.run({ parameters: base }));
		expect(`${message} ${description}`).not.toContain('may have been');
		expect(asked()).toEqual([post]);
	});
});

describe('Any answer is understood', () => {
	test.each(['singular', 'plural', 'list', 'bare'] as const)('the operation in the envelope "%s"', async (single) => {
		await world.start({ switches: { single } });
		const { records } = await world.run({ parameters: withFields({ source: 'Web shop' }) });
		expect(records).toHaveLength(1);
		expect(records[0]).toMatchObject({ id: expect.any(Number), source: 'Web shop', idempotency_key: keys()[0] });
	});

	test.each([200, 201, 204])('status %i without a body', async (createdStatus) => {
		await world.start({ switches: { createdAnswer: 'empty', createdStatus } });
		const { items } = await world.run({ parameters: base });
		// The status 201 alone says that it was created.
		const word = createdStatus === 201 ? { Status: 'Created' } : {};
		expect(items).toEqual([{ json: { ...word, idempotency_key: keys()[0] }, pairedItem: { item: 0 } }]);
		expect(asked()).toEqual([post]);
	});

	test('one that only says that it was created', async () => {
		await world.start({ switches: { createdAnswer: 'status' } });
		const { records } = await world.run({ parameters: base });
		expect(records).toEqual([{ Status: 'Created', idempotency_key: keys()[0] }]);
	});

	test.each([[{}], [{ success: true }], [{ Status: 'OK' }]])('%j', async (body) => {
		injectFault({ kind: 'json', body });
		const { records } = await world.run({ parameters: base });
		expect(records).toEqual([expect.objectContaining({ idempotency_key: keys()[0] })]);
	});
});

describe('An answer with status 200 that is no success', () => {
	test.each<[unknown, string]>([
		[{ error: 'Stock is locked' }, 'Stock is locked'],
		[{ errors: { sku: ['must exist'] } }, 'sku must exist'],
		[{ success: false, message: 'Stock is locked' }, 'Stock is locked'],
		[{ Status: 'Failed' }, 'Status Failed'],
	])('%j fails in the words of Uphance', async (body, reason) => {
		injectFault({ kind: 'json', body });
		const { message, description, itemIndex } = await failureOf(world.run({ parameters: base }));
		expect(message).toBe(`Uphance refused the stock operation: ${reason}`);
		expect(description).not.toBe('');
		expect(itemIndex).toBe(0);
	});

	test.each([
		[[]],
		['Created'],
		[null],
		[{ stock_operation: null }],
		[{ stock_operations: [] }],
		[{ Status: 'Queued' }],
	])('%j leaves open whether it counted, and says what to do', async (body) => {
		injectFault({ kind: 'json', body, times: 9 });
		const { message, description } = await failureOf(world.run({ parameters: base }));
		expect(message).toContain('the stock operation may have been created');
		expect(description).toContain(String(keys()[0]));
	});

	test('as a web page leaves open whether it counted', async () => {
		injectFault({ kind: 'html', status: 200, times: 9 });
		const { message } = await failureOf(world.run({ parameters: base }));
		expect(message).toContain('the stock operation may have been created');
	});
});

describe('Continue On Fail', () => {
	const each = ofJson('={{ $json.rows }}');
	const good = { rows: [{ sku_id: 640901, quantity: 1 }] };

	test('emits a failed item without contents, with its error, and counts the others once', async () => {
		const items = [good, { rows: 'nothing' }, { rows: [{ sku_id: 1, quantity: 1 }] }, good];
		const run = { parameters: each, items, continueOnFail: true, retryOnFail: true };
		await world.run(run);
		const ran = await world.run(run);
		expect(ran.items.map(({ error }) => error instanceof Error)).toEqual([false, true, true, false]);
		for (const item of [1, 2]) {
			expect(ran.items[item]).toEqual({ json: {}, error: expect.any(Error), pairedItem: { item } });
		}
		expect(ran.items.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_, item) => ({ item })));
		expect(counted()).toHaveLength(2);
	});

	test('turned off ends the run at the failed item, which is named', async () => {
		const items = [good, { rows: [{ sku_id: 1, quantity: 1 }] }, good];
		expect((await failureOf(world.run({ parameters: each, items }))).itemIndex).toBe(1);
		expect(counted()).toHaveLength(1);
	});
});

describe.each(['user', 'token'] as const)('With an organisation for each %s', (organisationState) => {
	/** A SKU of the other organisation. */
	let other: string;
	beforeEach(async () => {
		await world.start({ switches: { organisationState } });
		const list = { resource: 'sku', operation: 'getAll', limit: 1, options: { organisationId: '9601' } };
		other = String((await world.run({ parameters: list })).records[0]?.id);
		world.uphance.clearLog();
	});
	const to9601 = () => ({ ...ofRows({ sku_id: other, quantity: 1 }), options: { organisationId: '9601' } });

	test('a stock operation whose session ends at that moment counts in the right one, once', async () => {
		injectFault({ kind: 'expireFirst' });
		await world.run({ parameters: to9601() });
		expect(counted().map(({ organisation }) => organisation)).toEqual([9601]);
	});

	test('a stock operation whose answer was lost counts in the right one, once', async () => {
		injectFault({ kind: 'dropAfter' });
		await world.run({ parameters: to9601() });
		expect(counted().map(({ organisation }) => organisation)).toEqual([9601]);
	});

	test('stock operations of several executions count each in its own', async () => {
		const run = async (index: number) =>
			await runAt({ executionId: String(index) }, { parameters: index % 2 === 0 ? base : to9601() });
		for (const index of [0, 1, 2, 3]) await run(index);
		expect(counted().map(({ organisation }) => organisation)).toEqual([9579, 9601, 9579, 9601]);
	});
});

test.each([
	['status', 422],
	['status', 401],
	['status', 500],
	['status', 503],
	['drop', 0],
	['hang', 0],
	['redirect', 302],
] as const)('Nothing secret is in the error for %s %i', async (kind, status) => {
	Object.assign(limits, { requestTimeoutMs: 100 });
	injectFault({ kind, status, times: 10 });
	const { whole } = await failureOf(world.run({ parameters: base }));
	for (const secret of [...world.uphance.secrets(), String(world.credential.data.password)]) {
		expect(whole).not.toContain(secret);
	}
});

test('The panel says above all fields that nobody knows what the sign of a quantity means', () => {
	const shown = new Uphance().description.properties.filter(
		({ name, displayOptions }) => name !== 'operation' && displayOptions?.show?.resource?.includes('stockOperation'),
	);
	expect(shown[0]).toMatchObject({ type: 'notice' });
	expect(shown[0]?.displayName).toContain('whether a positive quantity adds or removes stock');
	expect(shown[0]?.displayName).toContain('one test SKU');
});
