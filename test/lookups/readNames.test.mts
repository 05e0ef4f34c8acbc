import { describe, expect, test } from '@jest/globals';
import type { INodeProperties } from 'n8n-workflow';
import { Uphance } from '../../nodes/Uphance/Uphance.node.ts';
import { facts } from '../lists/listFacts.mts';

const { properties } = new Uphance().description;

/** The fields that the editor shows for an operation. */
const fieldsOf = (resource: string, operation: string): INodeProperties[] =>
	properties.filter(({ displayOptions: { show = {} } = {} }) => {
		const shows = (name: string, value: string) => show[name] === undefined || show[name]?.includes(value);
		return show.resource !== undefined && shows('resource', resource) && shows('operation', operation);
	});

const field = (resource: string, operation: string, name: string): INodeProperties | undefined =>
	fieldsOf(resource, operation).find((each) => each.name === name);

const namesIn = (options: INodeProperties['options'] = []) =>
	options.map((each) => ('value' in each ? String(each.value) : each.name)).sort();

const operationsOf = (resource: string) =>
	namesIn(
		properties.find(
			({ name, displayOptions }) => name === 'operation' && displayOptions?.show?.resource?.includes(resource),
		)?.options,
	);

interface Names {
	operations: string[];
	filters: string[];
	/** Of the locator; later ones may come. */
	modes?: string[];
}

/** Operations, filters and look-ups of each resource, entered by hand: saved workflows hold these names. */
const table: Record<string, Names> = {
	customer: {
		operations: ['get', 'getAll'],
		filters: ['search'],
		modes: ['list', 'id', 'email', 'reference', 'name'],
	},
	product: {
		operations: ['get', 'getAll'],
		filters: ['product_identifier'],
		modes: ['list', 'id', 'product_identifier'],
	},
	sku: { operations: ['get', 'getAll'], filters: ['ean'], modes: ['list', 'ean'] },
	season: { operations: ['getAll'], filters: [] },
	invoice: {
		operations: ['get', 'getAll'],
		filters: ['createdAfter', 'createdBefore', 'since_id'],
		modes: ['list', 'id'],
	},
	creditNote: {
		operations: ['get', 'getAll'],
		filters: ['createdAfter', 'createdBefore', 'since_id'],
		modes: ['list', 'id'],
	},
	payment: {
		operations: ['create', 'get', 'getAll'],
		filters: ['createdBefore', 'order_id', 'since_created_at', 'since_id'],
		modes: ['list', 'id'],
	},
	pickTicket: {
		operations: ['get', 'getAll', 'getBoxes', 'ship', 'update'],
		filters: [
			'by_order_id',
			'by_order_number',
			'by_shipment_number',
			'createdBefore',
			'since_created_at',
			'since_id',
			'warehouse_name',
		],
		modes: ['list', 'id', 'shipmentNumber'],
	},
	receivingTicket: {
		operations: ['get', 'getAll'],
		filters: ['createdBefore', 'since_created_at', 'since_id'],
		modes: ['list', 'id'],
	},
	return: { operations: ['get', 'getAll'], filters: ['createdAfter', 'createdBefore'], modes: ['list', 'id'] },
	productionOrder: { operations: ['getAll'], filters: ['createdAfter', 'createdBefore', 'since_id'] },
	vendorInvoice: { operations: ['getAll'], filters: ['by_invoice_state', 'by_production_order_id', 'by_q'] },
};

describe.each(facts)('$resource', ({ resource, newestFirst, simple, idParameter }) => {
	const names = table[resource];

	test('has the operations of the table', () => {
		expect(operationsOf(resource)).toEqual(names?.operations);
	});

	test('has the filters of the table', () => {
		const filters = field(resource, 'getAll', 'filters');
		expect(namesIn(filters?.options)).toEqual(expect.arrayContaining(names?.filters ?? []));
		expect(namesIn(filters?.options)).toHaveLength(names?.filters.length ?? 0);
	});

	test('is listed with the defaults of every Get Many', () => {
		expect(field(resource, 'getAll', 'returnAll')?.default).toBe(false);
		expect(field(resource, 'getAll', 'limit')?.default).toBe(50);
		expect(field(resource, 'getAll', 'simplify')?.default).toBe(simple ? true : undefined);
		const newest = field(resource, 'getAll', 'newestFirst');
		expect(newest?.default).toBe(newestFirst ? true : undefined);
		if (newest) expect(newest.displayOptions?.show?.returnAll).toEqual([false]);
		expect(namesIn(field(resource, 'getAll', 'options')?.options)).toContain('organisationId');
	});

	test('is got by its locator, if at all, with the defaults of every Get', () => {
		const locator = idParameter ? field(resource, 'get', idParameter) : undefined;
		expect(locator?.type).toBe(idParameter ? 'resourceLocator' : undefined);
		expect(locator?.modes?.map(({ name }) => name)).toEqual(names?.modes);
		if (!idParameter) return;
		expect(locator?.required).toBe(true);
		expect(field(resource, 'get', 'simplify')?.default).toBe(simple ? false : undefined);
		const options = field(resource, 'get', 'options')?.options ?? [];
		expect(namesIn(options)).toEqual(expect.arrayContaining(['ifNotFound', 'organisationId']));
		expect(options.find(({ name }) => name === 'ifNotFound')).toMatchObject({
			default: 'error',
			options: [{ value: 'emptyItem' }, { value: 'error' }],
		});
	});
});

test.each(['invoice', 'creditNote', 'payment', 'pickTicket', 'receivingTicket', 'productionOrder'])(
	'%s calls since_id "After ID"',
	(resource) => {
		const options = field(resource, 'getAll', 'filters')?.options ?? [];
		expect(options.find(({ name }) => name === 'since_id')).toMatchObject({ displayName: 'After ID', default: '' });
	},
);

test('The states of a vendor invoice are three, and none is chosen before', () => {
	const options = field('vendorInvoice', 'getAll', 'filters')?.options ?? [];
	const states = options.find(({ name }) => name === 'by_invoice_state');
	expect(states).toMatchObject({ type: 'multiOptions', default: [] });
	expect(namesIn(states && 'options' in states ? (states.options as INodeProperties['options']) : [])).toEqual([
		'closed',
		'open',
		'overdue',
	]);
});
