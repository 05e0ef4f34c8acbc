import { beforeEach, describe, expect, test } from '@jest/globals';
import type { INodeParameters, INodeProperties } from 'n8n-workflow';
import { buildProperties } from '../../nodes/Uphance/operations/properties.ts';
import { resources } from '../../nodes/Uphance/resources/index.ts';
import { everyOperation } from '../everyOperation.mts';
import { sampled } from '../propertyRuns.mts';
import { useWorld } from '../world.mts';

/** What a shop's customer, or a language model, can put into a text: it must arrive as that value, or be refused. */
const hostile = [
	'../organisations',
	'9005/../../oauth/revoke_tokens',
	'%2e%2e%2forganisations',
	'a?organizationId=9601#b',
	'a&page=2&per_page=1',
	'x\r\nHost: evil.example\r\n\r\n',
	'{{ $json.password }}',
	'https://evil.example/sales_orders/9005',
	'__proto__',
	'null',
	'\u0000\ud800',
];

/** A place of an operation's parameters where a text can stand. */
interface Place {
	/** e.g. "additionalFields.season" */
	name: string;
	fill(text: string): INodeParameters;
}

const nested = (name: string, places: Place[], wrap: (values: INodeParameters) => INodeParameters): Place[] =>
	places.map((place) => ({ name: `${name}.${place.name}`, fill: (text) => ({ [name]: wrap(place.fill(text)) }) }));

function places(field: INodeProperties, base: INodeParameters): Place[] {
	const { name, type, options = [], modes = [] } = field;
	switch (type) {
		case 'string':
		case 'dateTime':
		case 'options':
		case 'json':
		case 'number':
			return [{ name, fill: (text) => ({ [name]: text }) }];
		case 'multiOptions':
			return [{ name, fill: (text) => ({ [name]: [text] }) }];
		case 'resourceLocator':
			return modes.map((mode) => ({
				name: `${name}.${mode.name}`,
				fill: (text) => ({ [name]: { __rl: true, mode: mode.name, value: text } }),
			}));
		case 'collection':
			return options
				.filter((each): each is INodeProperties => 'type' in each)
				.flatMap((each) => nested(name, places(each, {}), (values) => values));
		case 'fixedCollection':
			return options.flatMap((each) => {
				const given = base[name];
				const known = typeof given === 'object' && given !== null ? Object.values(given).flat()[0] : undefined;
				const row = typeof known === 'object' ? known : {};
				return 'values' in each
					? each.values.flatMap((value) =>
							nested(name, places(value, {}), (values) => ({ [each.name]: [{ ...row, ...values }] })),
						)
					: [];
			});
		default:
			return [];
	}
}

const isShown = ({ displayOptions }: INodeProperties, operation: string): boolean =>
	[displayOptions?.show?.operation].flat().includes(operation);

const cases = everyOperation.map(({ resource, operation, parameters }) => {
	const found = resources.find(({ option }) => option.value === resource);
	const fields = found ? buildProperties([found]).filter((field) => isShown(field, operation)) : [];
	// Only the first would be sent otherwise: after it the ticket is shipped.
	const again = operation === 'ship' ? { options: { ifAlreadyShipped: 'ship' } } : {};
	return {
		resource,
		operation,
		parameters: { ...parameters, ...again },
		all: fields.flatMap((field) => places(field, parameters)),
	};
});

const world = useWorld({
	signedIn: true,
	limits: { maxAttempts: 1, requestTimeoutMs: 1_000, recheckAfterMs: [1] },
});
beforeEach(() => void (world.sendsAnything = true));

const pathsOf = () => new Set(world.uphance.log().map(({ method, path }) => `${method} ${path.replace(/\d+/g, 'N')}`));

/** What else an operation may ask for: signing in, and finding what somebody chose. */
const lookups = [
	'POST /oauth/token',
	'GET /organisations',
	'POST /organisations/set_current_org',
	...['customers', 'pick_tickets', 'products', 'sales_orders', 'skus'].map((list) => `GET /${list}`),
	'GET /customers/N',
	'GET /products/N',
	'PUT /pick_tickets/N', // tracking, before the ticket is marked as shipped
];

/** Every text and number that went out: in queries and bodies, with the names before them. */
function sent(): string[] {
	const leaves = (name: string, value: unknown): string[] =>
		typeof value === 'object' && value !== null
			? Object.entries(value).flatMap(([key, each]) => leaves(Array.isArray(value) ? name : key, each))
			: [`${name}=${JSON.stringify(value)}`];
	return world.uphance
		.log()
		.filter(({ path }) => !path.startsWith('/oauth') && !path.startsWith('/organisations'))
		.flatMap(({ query, body }) => [...leaves('', query), ...leaves('', body ?? {})]);
}

/** The form in which a text goes out: without white space around it, and with U+FFFD for half a character. */
const asSent = (text: string) => text.trim().replace('\ud800', '\ufffd');

const tracking = ['carrier.list', 'carrier.name', 'tracking_number'];
const within = (collection: string, names: string[]) => names.map((name) => `${collection}.${name}`);

/** The places whose text goes to Uphance. */
const outgoing: Record<string, string[]> = {
	'order.create': within('additionalFields', [
		...['agent_name', 'paymentTerm', 'warehouse_name'].flatMap((name) => within(name, ['list', 'name'])),
		...['channel_currency', 'channel_name', 'notes', 'purchaseOrderRef', 'season_name'],
	]),
	'order.get': within('orderId', ['number', 'purchaseOrderRef']),
	'order.getAll': within('filters', ['by_order_number', 'by_purchase_order_ref', 'by_shipment_number']),
	'payment.create': [
		...within('sale_id', ['number', 'purchaseOrderRef']),
		...within('additionalFields', ['reference', 'source']),
	],
	'pickTicket.get': ['pickTicketId.shipmentNumber'],
	'pickTicket.getBoxes': ['pickTicketId.shipmentNumber'],
	'pickTicket.getAll': within('filters', [
		...['by_order_number', 'by_shipment_number', 'warehouse_name.list', 'warehouse_name.name'],
	]),
	'pickTicket.ship': ['pickTicketId.shipmentNumber', ...tracking, 'additionalFields.service'],
	'pickTicket.update': ['pickTicketId.shipmentNumber', ...tracking, 'updateFields.service'],
	'product.get': ['productId.product_identifier'],
	'product.getAll': ['filters.product_identifier'],
	'sku.get': within('skuId', ['list', 'ean']),
	'sku.getAll': ['filters.ean'],
	'stockOperation.create': [
		'lineQuantities.sku.ean',
		...within('additionalFields', ['comments', 'external_ref', 'external_url', 'idempotency_key', 'source']),
	],
	'vendorInvoice.getAll': ['filters.by_q'],
};

/** The places whose text stays in n8n and refuses nothing: what only chooses the output, and other ways to enter rows. */
const inside: Record<string, string[]> = {
	'accessToken.revoke': ['tokens'],
	'customer.getAll': ['filters.search'],
	'order.create': within('lineItems', [
		...['sku.list', 'sku.ean', 'sku.sku_number', 'sku.sku_id', 'product_identifier', 'color_name', 'size'],
		...['quantity', 'unit_price'],
	]),
	'stockOperation.create': [
		'lineQuantitiesJson',
		...within('lineQuantities', ['product_identifier', 'color_name', 'size']),
	],
};
const insideAny = ['options.includeFields', 'options.ifNotFound'];

/** The address of an order's page is taken as the order, whatever host it names. */
const isOrder = (place: string, text: string): boolean =>
	text.endsWith('/sales_orders/9005') && /^(orderId|sale_id)\.(list|id)$/.test(place);

/** What came of a text in one place. */
const cameOf = (values: string[], text: string, error: unknown): string => {
	const isSent = values.some((value) => value.slice(value.indexOf('=') + 1) === JSON.stringify(asSent(text)));
	return isSent ? 'sent' : error === undefined ? 'unused' : 'refused';
};

describe.each(cases)('$resource $operation', ({ resource, operation, parameters, all }) => {
	test('sends hostile texts as values, or not at all', async () => {
		world.uphance.clearLog();
		await world.run({ parameters });
		const own = [...pathsOf()];
		const usual = new Set([...own, ...own.map((path) => path.replace('/N', '')), ...lookups]);
		const usualValues = new Set(sent());

		const name = `${resource}.${operation}`;
		const names = all.map((place) => place.name);
		expect(names).toEqual(expect.arrayContaining([...(outgoing[name] ?? []), ...(inside[name] ?? [])]));
		const tries = all.flatMap((place) => hostile.map((text) => ({ place, text })));
		for (const { place, text } of sampled(tries, 6, 4)) {
			world.uphance.clearLog();
			const filled = { ...parameters, ...place.fill(text) };
			const error: unknown = await world.run({ parameters: filled }).then(
				() => undefined,
				(thrown: unknown) => thrown,
			);
			if (error !== undefined) expect(Object(error)).toMatchObject({ message: expect.stringMatching(/^\S.{8,}/s) });
			const unusual = [...pathsOf()].filter((each) => !usual.has(each));
			const values = sent().filter((each) => !usualValues.has(each) && !/^page="\d"$/.test(each));
			const changed = values.filter((value) => value.slice(value.indexOf('=') + 1) !== JSON.stringify(asSent(text)));
			expect({ filled, unusual, changed }).toEqual({ filled, unusual: [], changed: [] });
			const wanted = outgoing[name]?.includes(place.name)
				? 'sent'
				: insideAny.includes(place.name) || inside[name]?.includes(place.name) || isOrder(place.name, text)
					? 'unused'
					: 'refused';
			expect({ filled, came: cameOf(values, text, error) }).toEqual({ filled, came: wanted });
		}
	}, 120_000);
});
