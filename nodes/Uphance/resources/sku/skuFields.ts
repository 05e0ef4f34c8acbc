import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

const identifiers = ['ean', 'product_identifier', 'sku_id', 'sku_number'] as const;

/** The value that identifies the SKU in the rows of an operation. */
export type SkuBy = (typeof identifiers)[number];

/** The field that selects by which value the rows identify their SKUs. */
export const skuByField: INodeProperties = {
	displayName: 'Identify SKUs By',
	name: 'skuBy',
	type: 'options',
	default: 'sku_id',
	options: [
		{
			name: 'EAN',
			value: 'ean',
			description: 'The barcode. Needs one request per EAN the first time, then one per product.',
		},
		{ name: 'SKU ID', value: 'sku_id', description: 'The internal number in Uphance. Needs no request.' },
		{
			name: 'SKU Number',
			value: 'sku_number',
			description:
				'Needs one request per product. The first look-up of a day also reads the product list: one request per 100 products.',
		},
		{
			name: 'Style, Color and Size',
			value: 'product_identifier',
			description: 'Needs one request per style',
		},
	],
	description: 'Value that identifies the SKU in each row',
};

/**
 * Returns the value by which the rows identify their SKUs.
 *
 * @throws UserError for a value that is not in the menu, which an expression can return
 */
export function parseSkuBy(context: IExecuteFunctions, item: number): SkuBy {
	const value: unknown = context.getNodeParameter(skuByField.name, item, skuByField.default);
	const identifier = identifiers.find((candidate) => candidate === value);
	if (identifier) return identifier;
	throw new UserError(`'${skuByField.displayName}' must be ${identifiers.join(', ')}, not '${String(value)}'`, {
		description: 'Choose one of them, or correct the expression.',
	});
}

/** Advice for a value that is not a SKU ID. */
export const skuIdAdvice = `Use the ID that Uphance gave the SKU, or choose another value in '${skuByField.displayName}'.`;

/** Returns the column so that the editor shows it only if the rows identify their SKUs by this value. */
export const showWhenIdentifiedBy = (by: SkuBy, column: INodeProperties): INodeProperties => ({
	...column,
	displayOptions: { show: { '/skuBy': [by] } },
});

const text = { type: 'string', default: '' } as const;

/** The columns that identify the SKU of a row. The editor shows only those of the selected value. */
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
		description: 'Exactly as in Uphance, including upper and lower case',
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
