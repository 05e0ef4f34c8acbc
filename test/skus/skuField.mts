import type { IDataObject, INodeParameterResourceLocator, INodeParameters } from 'n8n-workflow';

/** The SKU of a row of a form, as the editor saves it. */
export const skuField = (
	mode: 'list' | 'ean' | 'sku_number' | 'sku_id',
	value: unknown,
): INodeParameterResourceLocator => ({ __rl: true, mode, value: value as string });

/** A row of JSON as the form has it. */
export function inForm({ color, sku_id, ean, sku_number, ...row }: IDataObject): INodeParameters {
	const found = Object.entries({ sku_id, ean, sku_number }).find(([, value]) => value !== undefined);
	const sku = found && { sku: skuField(found[0] as 'ean', found[1]) };
	return { ...row, ...(color !== undefined && { color_name: color }), ...sku } as INodeParameters;
}
