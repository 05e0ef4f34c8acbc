import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

const identifiers = ['ean', 'product_identifier', 'sku_id', 'sku_number'] as const;

/** By what the rows of an operation say which SKU they mean. */
export type SkuBy = (typeof identifiers)[number];

/** users.md A3 */
export const skuByField: INodeProperties = {
	displayName: 'Identify SKUs By',
	name: 'skuBy',
	type: 'options',
	default: 'sku_id',
	options: [
		{ name: 'EAN', value: 'ean', description: 'The barcode; one request for each different EAN' },
		{ name: 'SKU ID', value: 'sku_id', description: 'The number Uphance uses internally; nothing is looked up' },
		{
			name: 'SKU Number',
			value: 'sku_number',
			description: 'Reads the product list once for each run, one request per 100 products',
		},
		{
			name: 'Style, Color and Size',
			value: 'product_identifier',
			description: 'One request for each different style',
		},
	],
	description: 'How each row says which SKU it means',
};

/** @throws UserError for anything but what the menu offers */
export function parseSkuBy(context: IExecuteFunctions, item: number): SkuBy {
	const chosen: unknown = context.getNodeParameter(skuByField.name, item, skuByField.default);
	const identifier = identifiers.find((way) => way === chosen);
	if (identifier) return identifier;
	throw new UserError(`'${skuByField.displayName}' must be ${identifiers.join(', ')}, not '${String(chosen)}'`, {
		description: 'Choose one of them, or correct the expression.',
	});
}

/** For those who have something else than the IDs of SKUs. */
export const skuIdAdvice = `Use the ID that Uphance gave the SKU, or choose in '${skuByField.displayName}' what the rows have instead.`;

/** A column that is shown when SKUs are identified by it. */
export const showWhenIdentifiedBy = (by: SkuBy, column: INodeProperties): INodeProperties => ({
	...column,
	displayOptions: { show: { '/skuBy': [by] } },
});

const text = { type: 'string', default: '' } as const;

/** The columns that identify the SKU of a row; of another way than the chosen one they are hidden. */
export const skuColumns: INodeProperties[] = [
	showWhenIdentifiedBy('sku_id', {
		...text,
		displayName: 'SKU ID',
		name: 'sku_id',
		placeholder: 'e.g. 867799',
		description: 'The number that Uphance uses internally for this size, not the SKU number',
	}),
	showWhenIdentifiedBy('ean', {
		...text,
		displayName: 'EAN',
		name: 'ean',
		placeholder: 'e.g. 5000006409017',
		description: 'The barcode',
	}),
	showWhenIdentifiedBy('sku_number', {
		...text,
		displayName: 'SKU Number',
		name: 'sku_number',
		placeholder: 'e.g. TEE-RED-M',
		description: 'As it stands in Uphance, in the same case',
	}),
	showWhenIdentifiedBy('product_identifier', {
		...text,
		displayName: 'Product Identifier',
		name: 'product_identifier',
		placeholder: 'e.g. AW24-AAM',
		description: 'The style number that people see, not the ID',
	}),
	showWhenIdentifiedBy('product_identifier', {
		...text,
		displayName: 'Color',
		name: 'color_name',
		placeholder: 'e.g. Red',
	}),
	showWhenIdentifiedBy('product_identifier', { ...text, displayName: 'Size', name: 'size', placeholder: 'e.g. M' }),
];
