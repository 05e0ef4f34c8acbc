import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { collection } from '../../operation/collection';
import { UserError } from 'n8n-workflow';
import { createHash } from 'crypto';
import type { BodyField } from '../../operation/bodyFields';
import { bodyOf, fieldsOf } from '../../operation/bodyFields';
import type { Operation } from '../../operation/operation';
import { additionalJson, typedJson, typedObject } from '../../operation/typedJson';
import { typedText } from '../../operation/typedText';
import type { RecordKind } from '../../transport/recordKind';
import { isDataObject, recordsIn } from '../../transport/recordsIn';
import { lineQuantitiesFrom } from './lineQuantities';

const kind: RecordKind = {
	path: '/stock_operations',
	listKey: 'stock_operations',
	key: 'stock_operation',
	singular: 'stock operation',
	plural: 'stock operations',
};

const keyField: INodeProperties = {
	displayName: 'Idempotency Key',
	name: 'idempotency_key',
	type: 'string',
	default: '',
	placeholder: 'e.g. shopify-1001-sale',
	description:
		'A name for this stock movement, at most 128 characters: the same name counts once, whatever happens. Left empty, Retry On Fail is safe but running the workflow again is not.',
};

const optionalFields: BodyField[] = [
	{
		as: 'text',
		field: {
			displayName: 'Source',
			name: 'source',
			type: 'string',
			default: '',
			placeholder: 'e.g. Web shop',
			description: 'Where the movement comes from',
		},
	},
	{
		as: 'text',
		field: {
			displayName: 'External Ref',
			name: 'external_ref',
			type: 'string',
			default: '',
			placeholder: 'e.g. 1001',
			description: 'What it is called there',
		},
	},
	{
		as: 'text',
		field: {
			displayName: 'External URL',
			name: 'external_url',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://shop.example.com/orders/1001',
			description: 'Where it can be looked at',
		},
	},
	{
		as: 'text',
		field: {
			displayName: 'Comments',
			name: 'comments',
			type: 'string',
			default: '',
			description: 'Anything that people should know',
		},
	},
];

const unknownSign =
	'How many pieces. Uphance does not say whether a positive quantity adds or removes stock: try it with one test SKU first.';

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
		{
			displayName: 'Quantities From',
			name: 'lineQuantitiesSource',
			type: 'options',
			default: 'fields',
			options: [
				{ name: 'Fields Below', value: 'fields', description: 'One row for each SKU' },
				{ name: 'JSON', value: 'json', description: 'A list, such as one from the previous node' },
			],
			description: 'Where the quantities come from',
		},
		{
			displayName: 'Quantities',
			name: 'lineQuantities',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true, sortable: true },
			displayOptions: { show: { lineQuantitiesSource: ['fields'] } },
			placeholder: 'Add quantity',
			default: {},
			options: [
				{
					displayName: 'Quantity',
					name: 'lineQuantity',
					values: [
						{
							displayName: 'SKU ID',
							name: 'sku_id',
							type: 'string',
							default: '',
							placeholder: 'e.g. 640901',
							description: 'The number that Uphance uses internally for this size, not the SKU number',
						},
						{
							displayName: 'Quantity',
							name: 'quantity',
							type: 'number',
							default: 1,
							description: unknownSign,
						},
					],
				},
			],
		},
		{
			displayName: 'Quantities JSON',
			name: 'lineQuantitiesJson',
			type: 'json',
			displayOptions: { show: { lineQuantitiesSource: ['json'] } },
			default: '[]',
			description:
				'A list, or JSON text of a list, of rows such as {"sku_id": 640901, "quantity": 3}. Further columns are ignored. Uphance does not say whether a positive quantity adds or removes stock: try it with one test SKU first.',
		},
		collection('Additional Fields', 'additionalFields', 'field', [
			additionalJson,
			...fieldsOf([...optionalFields, { field: keyField, as: 'text' }]),
		]),
	],
	async run(item, uphance) {
		const additional = this.getNodeParameter('additionalFields', item, {});
		const { idempotency_key: ownInJson, ...further } = typedObject(additionalJson, additional);
		const own = ownKey(ownInJson ?? (keyField.name in additional ? additional[keyField.name] : ''));
		const idempotency_key = own || derivedKey(this, item, uphance.organisation.id);
		const body: IDataObject = {
			stock_operation: {
				...bodyOf(optionalFields, additional, this.getTimezone()),
				line_quantities: quantitiesIn(this, item),
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

function quantitiesIn(context: IExecuteFunctions, item: number): IDataObject[] {
	if (context.getNodeParameter('lineQuantitiesSource', item) === 'json') {
		const label = 'Quantities JSON';
		return lineQuantitiesFrom(typedJson(label, context.getNodeParameter('lineQuantitiesJson', item)), label);
	}
	return lineQuantitiesFrom(context.getNodeParameter('lineQuantities.lineQuantity', item, []), 'Quantities');
}

/** Empty when there is none. @throws UserError for one that Uphance would not take */
function ownKey(typed: unknown): string {
	const own = typedText(keyField.displayName, typed);
	if (own.length <= 128) return own;
	throw new UserError(`'${keyField.displayName}' is longer than 128 characters`, {
		description: 'Shorten it. Nothing was sent for this item.',
	});
}

/**
 * A key of execution, node, turn of a loop and item: n8n's Retry On Fail then counts once, and a loop counts every turn
 * (design 5). The instance is in it, because two may run the same workflow.
 */
function derivedKey(context: IExecuteFunctions, item: number, organisation: number): string {
	const turn: unknown = context.evaluateExpression('{{ $runIndex }}', item);
	const parts = [context.getInstanceId(), context.getExecutionId(), context.getNode().id, turn, item, organisation];
	return `n8n-${createHash('sha256').update(JSON.stringify(parts)).digest('hex')}`;
}
