import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { buildBody, toProperties } from '../../parameters/body';
import { collection } from '../../parameters/fields';
import type { Operation } from '../../operations/operation';
import { rowsProperties, readRows } from '../../parameters/rows';
import { additionalJson, parseJsonObject } from '../../parameters/typedJson';
import type { UphanceClient } from '../../transport/client';
import type { RecordType } from '../../transport/recordType';
import { isDataObject, unwrapRecords } from '../../transport/recordsIn';
import { resolveSkuIds } from '../sku/resolveSkus';
import { skuByField, parseSkuBy } from '../sku/skuFields';
import { optionalFields } from './createFields';
import { derivedKey, keyField, userKey } from './idempotencyKey';
import { validateRows, toLineQuantities } from './quantities';
import { quantityRows, quantityMessages } from './quantityRows';

const recordType: RecordType = {
	path: '/stock_operations',
	listKey: 'stock_operations',
	singularKey: 'stock_operation',
	singular: 'stock operation',
	plural: 'stock operations',
};

/** POST /stock_operations (uphance-api.md 4.13). */
export const create: Operation = {
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create a stock operation',
		description: 'Move stock of SKUs, once for each idempotency key',
	},
	writes: true,
	fields: [
		skuByField,
		...rowsProperties(quantityRows),
		collection('Additional Fields', 'additionalFields', 'field', [
			additionalJson,
			...toProperties([...optionalFields, { field: keyField, type: 'text' }]),
		]),
	],
	async run(item, client) {
		const additional = this.getNodeParameter('additionalFields', item, {});
		const { idempotency_key: inJson, ...additionalValues } = parseJsonObject(additionalJson, additional);
		const ownKey = userKey(additional, inJson);
		const idempotency_key = ownKey || derivedKey(this, item, client.organisation.id);
		const body: IDataObject = {
			stock_operation: {
				...buildBody(optionalFields, additional, this.getTimezone()),
				line_quantities: await resolveQuantities(this, item, client),
				...additionalValues,
			},
			idempotency_key,
		};
		const answer = await client.request({
			action: 'create the stock operation',
			method: 'POST',
			path: recordType.path,
			body,
			idempotent: true, // the key makes sending it twice the same as sending it once
			creation: {
				noun: 'the stock operation',
				adviceIfUnknown: ownKey
					? 'Run it again: the same idempotency key counts once.'
					: `Before you run it again, enter '${idempotency_key}' as 'Idempotency Key': the same key counts once.`,
				adviceIfRejected: 'Correct the values of this node that it names; SKUs must belong to the organisation.',
			},
		});
		const record = unwrapRecords(answer, recordType)?.[0] ?? (isDataObject(answer) ? answer : {});
		return { ...record, idempotency_key };
	},
};

async function resolveQuantities(
	context: IExecuteFunctions,
	item: number,
	client: UphanceClient,
): Promise<IDataObject[]> {
	const { list, label } = readRows(context, item, quantityRows);
	const by = parseSkuBy(context, item);
	if (by === 'sku_id' || !Array.isArray(list)) return toLineQuantities(list, label);
	validateRows(list);
	return toLineQuantities(await resolveSkuIds(client, list, by, quantityMessages, false), label);
}
