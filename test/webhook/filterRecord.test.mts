import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { filterRecord } from '../../nodes/Uphance/triggers/webhook/filterRecord.ts';

/** Why the record of an event is ignored, and how that is logged; undefined if it starts the workflow. */
function filtered(options: IDataObject, record: IDataObject, event = 'pick_ticket_update') {
	const split = event.lastIndexOf('_');
	const [resource, action] = [event.slice(0, split), event.slice(split + 1)];
	const ignored = filterRecord(options, { event, resource, action, id: 1, record: { id: 1, ...record } });
	return ignored && [ignored.kind, ignored.reason, ignored.level];
}

const onlyId = ", because it has only an id: turn on 'Verify With Uphance'";

const starts = (options: IDataObject, record: IDataObject, event?: string): boolean =>
	filtered(options, record, event) === undefined;

describe('Without options', () => {
	test.each([{}, { status: '', warehouses: '', channels: '' }, { status: ' , ', warehouses: ' ,, ', channels: null }])(
		'every record starts the workflow: %j',
		(options) => {
			for (const record of [{}, { status: 'draft', warehouse: 'East', channel: '' }]) {
				expect(starts(options, record)).toBe(true);
			}
		},
	);
});

describe('Only When Status Is', () => {
	const options = { status: 'Shipped, not_paid' };

	test.each([{ status: 'shipped' }, { status: 'draft', financial_status: 'Not Paid' }])(
		'starts the workflow for %j',
		(record) => expect(starts(options, record)).toBe(true),
	);

	test('ignores another status, and says which', () => {
		const record = { status: 'Draft', financial_status: 'paid' };
		expect(filtered(options, record)).toEqual(['ignore', 'its status is draft, paid', 'debug']);
	});

	const noStatus = "it has no status for 'Only When Status Is'";

	test.each([
		['pick_ticket_update', { notes: 'x' }, noStatus, 'warn'],
		['pick_ticket_update', {}, `${noStatus}${onlyId}`, 'warn'],
		['pick_ticket_delete', {}, noStatus, 'debug'],
	])('ignores a record without a status, of %s with %j', (event, record, reason, level) => {
		expect(filtered(options, record, event)).toEqual(['ignore', reason, level]);
	});
});

describe.each([
	{
		option: 'warehouses',
		label: 'Only When Warehouse Is',
		fields: ['warehouse', 'warehouse_name', 'warehouses'],
		named: ['pick_ticket', 'sales_order', 'credit_note', 'production_order'],
		unnamed: ['invoice', 'customer', 'product'],
	},
	{
		option: 'channels',
		label: 'Only When Channel Is',
		fields: ['channel', 'channel_name'],
		named: ['pick_ticket', 'sales_order', 'invoice', 'customer'],
		unnamed: ['credit_note', 'production_order', 'product'],
	},
])('$label', ({ option, label, fields, named, unnamed }) => {
	const [field = ''] = fields;
	const names = (wanted: unknown, value: unknown) =>
		starts({ [option]: wanted as IDataObject[string] }, { [field]: value as IDataObject[string] });

	test.each(fields)('looks at the field %s', (name) => {
		expect(starts({ [option]: 'East, West' }, { [name]: 'West' })).toBe(true);
		expect(filtered({ [option]: 'East, West' }, { [name]: 'South' })).toEqual([
			'ignore',
			`'${label}' does not name South`,
			'debug',
		]);
	});

	test('needs one of the names that a record has', () => {
		expect(starts({ [option]: 'West' }, { [field]: ['East', 'West'] })).toBe(true);
		expect(starts({ [option]: 'West' }, { [field]: 'East', [fields[1] ?? '']: 'West' })).toBe(true);
		expect(filtered({ [option]: 'West' }, { [field]: ['East', 'South'] })?.[1]).toBe(
			`'${label}' does not name East, South`,
		);
	});

	test.each<[unknown, unknown]>([
		['PRIMARY store', 'Primary Store'],
		[' Primary   Store ,', 'Primary\u00A0Store'],
		['Primary\nStore', 'PrimaryStore'],
		['Cafe\u0301', 'Caf\u00E9'],
		['\uFEFFPrimary', 'Pri\u200B\u200C\u200D\u2060mary'],
		['East, Paris, Rue de X, West', 'Paris, rue de X'],
		['12', 12],
		[12, '12'],
		[['East', 'West'], 'West'],
		['East', { id: 3, name: 'East' }],
		['7', { id: 3, name: 7 }],
		['East', [{ name: 'West' }, { name: 'East' }]],
	])('with %j takes %j', (wanted, value) => expect(names(wanted, value)).toBe(true));

	test.each<[unknown, unknown]>([
		['Primary, East', 'Primary East'],
		['Primary', 'Prim'],
		['Prim', 'Primary'],
		['East Side, West', 'Side, West'],
		['East Side, West', 'Side'],
		['East', ''],
		['East', ' '],
		['East', ','],
		['East', null],
		['null', null],
		['true', true],
		['East', []],
		['3', { id: 3, name: 'East' }],
		['[object Object]', {}],
	])('with %j takes no %j', (wanted, value) => expect(names(wanted, value)).toBe(false));

	test.each(named)('ignores a record of %s that does not say it, with a warning', (resource) => {
		const reason = `it does not say what '${label}' asks for`;
		const ignored = (record: IDataObject) => filtered({ [option]: 'East' }, record, `${resource}_update`);
		expect(ignored({ notes: 'x' })).toEqual(['ignore', reason, 'warn']);
		expect(ignored({})).toEqual(['ignore', `${reason}${onlyId}`, 'warn']);
	});

	test.each(named)('lets a deletion of %s through, which has an ID only', (resource) => {
		expect(starts({ [option]: 'East' }, {}, `${resource}_delete`)).toBe(true);
	});

	test.each(unnamed)('lets records of %s through, which never say it', (resource) => {
		expect(starts({ [option]: 'East' }, {}, `${resource}_update`)).toBe(true);
		expect(starts({ [option]: 'East' }, { [field]: 'West' }, `${resource}_update`)).toBe(false);
	});

	test('applies together with the status', () => {
		const options = { [option]: 'East', status: 'shipped' };
		expect(starts(options, { [field]: 'East', status: 'shipped' })).toBe(true);
		expect(filtered(options, { [field]: 'West', status: 'shipped' })?.[1]).toBe(`'${label}' does not name West`);
		expect(filtered(options, { [field]: 'East', status: 'draft' })?.[1]).toBe('its status is draft');
	});
});
