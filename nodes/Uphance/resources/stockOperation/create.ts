import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { additionalText } from '../../operations/itemSubject';
import type { Operation } from '../../operations/operation';
import { sendWrite } from '../../operations/write';
import type { BodyField } from '../../parameters/body';
import { buildBody, toProperties } from '../../parameters/body';
import { collection } from '../../parameters/fields';
import { additionalJson, parseJsonObject } from '../../parameters/parse';
import { readRows, rowsProperties } from '../../parameters/rows';
import type { UphanceClient } from '../../transport/client';
import type { RecordType } from '../../transport/recordType';
import type { ApiRequest } from '../../transport/sendWithRetry';
import { resolveSkus } from '../sku/resolveSkus';
import { keyField, makeKey, parseOwnKey } from './idempotencyKey';
import { parseQuantityRows, quantityMessages, quantityRows, signNotice, toLineQuantities } from './quantities';
import { assertOnlyKey } from './sameKey';

/** The fields of a stock operation besides its quantities (docs/uphance.openapi.yaml: POST /stock_operations). */
const optionalFields: BodyField[] = [
	{
		type: 'text',
		field: {
			displayName: 'Source',
			name: 'source',
			type: 'string',
			default: '',
			placeholder: 'e.g. Web shop',
			description: 'System that the movement comes from',
		},
	},
	{
		type: 'code',
		field: {
			displayName: 'External Ref',
			name: 'external_ref',
			type: 'string',
			default: '',
			placeholder: 'e.g. 1001',
			description: 'Name or number of the movement in that system',
		},
	},
	{
		type: 'text',
		field: {
			displayName: 'External URL',
			name: 'external_url',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://shop.example.com/orders/1001',
			description: 'Address of the movement in that system',
		},
	},
	{
		type: 'text',
		field: {
			displayName: 'Comments',
			name: 'comments',
			type: 'string',
			default: '',
			description: 'Notes for the people who work with Uphance',
		},
	},
];

const recordType: RecordType = {
	path: '/stock_operations',
	listKey: 'stock_operations',
	singularKey: 'stock_operation',
	singular: 'stock operation',
	plural: 'stock operations',
};

/**
 * Creates a stock operation (docs/uphance.openapi.yaml: POST /stock_operations). Outputs the record, or else
 * Uphance's word for success, with the idempotency key that was sent.
 */
export const create: Operation = {
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create a stock operation',
		description: 'Move stock of SKUs, once for each idempotency key',
	},
	writes: true,
	subject: {
		noun: 'stock operation',
		reference: (context, item) =>
			additionalText(context, item, 'external_ref') || additionalText(context, item, keyField.name),
	},
	fields: [
		signNotice,
		...rowsProperties(quantityRows),
		collection('Additional Fields', 'additionalFields', 'field', [
			additionalJson,
			...toProperties([...optionalFields, { field: keyField, type: 'text' }]),
		]),
	],
	async run(item, client) {
		const additional = this.getNodeParameter('additionalFields', item, {});
		const { idempotency_key: inJson, ...additionalValues } = parseJsonObject(additionalJson, additional);
		const ownKey = parseOwnKey(additional, inJson);
		if (ownKey) await assertOnlyKey(this, item, client, ownKey);
		const idempotency_key = ownKey || makeKey(this, item, client.organisation.id);
		const body: IDataObject = {
			stock_operation: {
				...buildBody(optionalFields, additional, this.getTimezone()),
				...(!('line_quantities' in additionalValues) && {
					line_quantities: await resolveQuantities(this, item, client),
				}),
				...additionalValues,
			},
			idempotency_key,
		};
		const request: ApiRequest = {
			action: 'create the stock operation',
			method: 'POST',
			path: recordType.path,
			body,
			idempotent: true, // Uphance counts the same idempotency key only once
			creation: {
				noun: 'the stock operation',
				adviceIfUnknown: ownKey
					? 'Run it again: Uphance counts the same idempotency key only once.'
					: `Before you run it again, enter '${idempotency_key}' as 'Idempotency Key'. Uphance counts the same key only once.`,
				adviceIfRejected: 'Correct the values that Uphance names. SKUs must belong to the organisation.',
			},
		};
		const result = await sendWrite(client, request, recordType);
		const record = result?.kind === 'record' ? result.record : result?.word ? { Status: result.word } : {};
		return { ...record, idempotency_key };
	},
};

/** Returns the line quantities of the request, with the IDs of their SKUs. */
async function resolveQuantities(
	context: IExecuteFunctions,
	item: number,
	client: UphanceClient,
): Promise<IDataObject[]> {
	const rows = parseQuantityRows(readRows(context, item, quantityRows));
	const references = rows.map(({ sku }) => sku);
	return toLineQuantities(rows, await resolveSkus(context, client, references, quantityMessages, false));
}
