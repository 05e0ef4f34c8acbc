import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { bodyOf, fieldsOf } from '../../parameters/body';
import { collection } from '../../parameters/fields';
import type { Operation } from '../../operations/operation';
import { rowsFields, rowsIn } from '../../parameters/rows';
import { additionalJson, typedObject } from '../../parameters/typedJson';
import type { Connection } from '../../transport/client';
import type { RecordKind } from '../../transport/recordType';
import { isDataObject, recordsIn } from '../../transport/recordsIn';
import { identified } from '../sku/resolveSkus';
import { skuByField, skuByIn } from '../sku/skuFields';
import { optionalFields } from './createFields';
import { derivedKey, keyField, ownKey } from './idempotencyKey';
import { checkRows, lineQuantitiesFrom } from './quantities';
import { quantityRows, quantityWords } from './quantityRows';

const kind: RecordKind = {
	path: '/stock_operations',
	listKey: 'stock_operations',
	key: 'stock_operation',
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
		...rowsFields(quantityRows),
		collection('Additional Fields', 'additionalFields', 'field', [
			additionalJson,
			...fieldsOf([...optionalFields, { field: keyField, as: 'text' }]),
		]),
	],
	async run(item, uphance) {
		const additional = this.getNodeParameter('additionalFields', item, {});
		const { idempotency_key: inJson, ...further } = typedObject(additionalJson, additional);
		const own = ownKey(additional, inJson);
		const idempotency_key = own || derivedKey(this, item, uphance.organisation.id);
		const body: IDataObject = {
			stock_operation: {
				...bodyOf(optionalFields, additional, this.getTimezone()),
				line_quantities: await quantitiesIn(this, item, uphance),
				...further,
			},
			idempotency_key,
		};
		const answer = await uphance.send({
			doing: 'create the stock operation',
			method: 'POST',
			path: kind.path,
			body,
			harmless: true, // the key makes sending it twice the same as sending it once
			creates: {
				what: 'the stock operation',
				whenUnknown: own
					? 'Run it again: the same idempotency key counts once.'
					: `Before you run it again, enter '${idempotency_key}' as 'Idempotency Key': the same key counts once.`,
				whenRefused: 'Correct the values of this node that it names; SKUs must belong to the organisation.',
			},
		});
		const record = recordsIn(answer, kind)?.[0] ?? (isDataObject(answer) ? answer : {});
		return { ...record, idempotency_key };
	},
};

async function quantitiesIn(context: IExecuteFunctions, item: number, uphance: Connection): Promise<IDataObject[]> {
	const { list, described } = rowsIn(context, item, quantityRows);
	const by = skuByIn(context, item);
	if (by === 'sku_id' || !Array.isArray(list)) return lineQuantitiesFrom(list, described);
	checkRows(list);
	return lineQuantitiesFrom(await identified(uphance, list, by, quantityWords, false), described);
}
