import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../nodes/Uphance/operations/operation.ts';
import { resources } from '../../nodes/Uphance/resources/index.ts';
import type { Json } from '../../check/description/uphanceApi.mts';
import { description, operations } from '../../check/description/uphanceApi.mts';

/** README's table of operations, made of the node and of the description of the API; `npm run generate` writes it. */
const readme = join(__dirname, '../../README.md');
const [begins, ends] = ['<!-- operations -->', '<!-- /operations -->'];

/** The request behind each operation: its mark in docs/uphance.openapi.yaml is the one that README shows. */
const requests: Record<string, string> = {
	'accessToken.revoke': 'POST /oauth/revoke_tokens',
	'channel.getAll': 'GET /channels',
	'creditNote.get': 'GET /credit_notes/{id}',
	'creditNote.getAll': 'GET /credit_notes',
	'customer.get': 'GET /customers/{id}',
	'customer.getAll': 'GET /customers',
	'invoice.get': 'GET /invoices?invoice_id',
	'invoice.getAll': 'GET /invoices',
	'order.create': 'POST /sales_orders',
	'order.get': 'GET /sales_orders/{id}',
	'order.getAll': 'GET /sales_orders',
	'organisation.getAll': 'GET /organisations',
	'organisation.setCurrent': 'POST /organisations/set_current_org',
	'payment.create': 'POST /payments',
	'payment.get': 'GET /payments/{id}',
	'payment.getAll': 'GET /payments',
	'pickTicket.get': 'GET /pick_tickets/{id}',
	'pickTicket.getAll': 'GET /pick_tickets',
	'pickTicket.getBoxes': 'GET /pick_tickets/{id}/box_items',
	'pickTicket.ship': 'PUT /pick_tickets/{id}/ship',
	'pickTicket.update': 'PUT /pick_tickets/{id}',
	'product.get': 'GET /products/{id}',
	'product.getAll': 'GET /products',
	'productionOrder.getAll': 'GET /production_orders',
	'receivingTicket.get': 'GET /receiving_tickets/{id}',
	'receivingTicket.getAll': 'GET /receiving_tickets',
	'return.get': 'GET /returns/{id}',
	'return.getAll': 'GET /returns',
	'season.getAll': 'GET /seasons',
	'sku.get': 'GET /skus?filter[ean]',
	'sku.getAll': 'GET /skus',
	'stockOperation.create': 'POST /stock_operations',
	'vendorInvoice.getAll': 'GET /vendor_invoices',
};

const marks: Record<string, string> = { documented: '●', learned: '○', assumed: '◌', unknown: '◌' };

const isObject = (value: unknown): value is { [key: string]: Json } =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

function resolved(value: Json): { [key: string]: Json } {
	if (!isObject(value)) throw new Error('no object');
	if (typeof value.$ref !== 'string') return value;
	const found = value.$ref
		.replace('#/', '')
		.split('/')
		.reduce<Json>((at, name) => (isObject(at) ? (at[name] ?? null) : null), description);
	return resolved(found);
}

/** The mark of a request, or of one of its parameters. */
function markOf(request: string, parameter?: string): string {
	const [name = '', filter] = request.split('?');
	const operation = operations.find((each) => each.name === name);
	if (!operation) throw new Error(`docs/uphance.openapi.yaml does not know ${name}`);
	const wanted = parameter ?? filter;
	const parameters = Array.isArray(operation.value.parameters) ? operation.value.parameters.map(resolved) : [];
	const found = parameters.find((each) => each.name === wanted || each.name === `${wanted}[]`);
	if (wanted !== undefined && !found) throw new Error(`docs/uphance.openapi.yaml does not know '${wanted}' of ${name}`);
	const certainty = found?.['x-certainty'] ?? operation.value['x-certainty'];
	return marks[String(certainty)] ?? '?';
}

const fieldsIn = (fields: INodeProperties[], name: string): INodeProperties[] =>
	(fields.find((field) => field.name === name)?.options ?? []).filter((option) => 'type' in option);

/** Filters whose name on the wire is another than in the editor. */
const onTheWire: Record<string, string> = {
	product_identifier: 'filter[product_identifier]',
	ean: 'filter[ean]',
	warehouse_name: 'filter[warehouse_name]',
};

function details({ fields }: Operation, request: string): string {
	const ways = fields.flatMap((field) => (field.type === 'resourceLocator' ? [waysOf(field)] : []));
	const filters = fieldsIn(fields, 'filters').map(({ name, displayName }) => {
		if (['search', 'createdAfter', 'createdBefore'].includes(name)) return `${displayName} (by the node)`;
		const mark = markOf(request, onTheWire[name] ?? name);
		return mark === markOf(request) ? displayName : `${displayName} ${mark}`;
	});
	return [...ways, ...(filters.length > 0 ? [`filters: ${filters.join(', ')}`] : [])].join('; ');
}

const waysOf = ({ displayName, modes = [] }: INodeProperties): string =>
	`${displayName} ${modes.map((mode) => mode.displayName.replace(/^(From|By) /, (word) => word.toLowerCase())).join(', ')}`;

test('README’s table of operations is what the node has', () => {
	const rows = resources.flatMap(({ option, operations: all }) =>
		all.map((operation) => {
			const request = requests[`${option.value}.${operation.option.value}`];
			if (!request) throw new Error(`Which request is ${option.value} ${operation.option.value}?`);
			const { name, description: text = '' } = operation.option;
			const cells = [option.name, name, text, details(operation, request), markOf(request)];
			return `| ${cells.join(' | ')} |`;
		}),
	);
	const table = [
		'| resource | operation | what it does | find by / filters | source |',
		'| --- | --- | --- | --- | --- |',
		...rows,
	];
	const text = readFileSync(readme, 'utf8');
	const [before = '', rest = ''] = text.split(begins);
	const [shown = '', after] = rest.split(ends);
	if (process.env.WRITE !== undefined) {
		writeFileSync(readme, `${before}${begins}\n\n${table.join('\n')}\n\n${ends}${after}`);
		return;
	}
	const cellsOf = (lines: string[]) =>
		lines.map((line) => line.split('|').map((cell) => cell.trim().replace(/^-+$/, '-')));
	expect(cellsOf(shown.trim().split('\n'))).toEqual(cellsOf(table));
});
