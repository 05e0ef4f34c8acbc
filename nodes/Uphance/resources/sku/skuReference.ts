import type { IDataObject } from 'n8n-workflow';
import { isDataObject } from '../../http/json';
import type { RowMessages } from '../../parameters/cells';
import { readCell, requireCell, requireCode } from '../../parameters/cells';
import type { SkuBy } from './skuFields';

/** The values of a row that identify its SKU. `index` is the position of the row, from 0. */
export type SkuReference = { index: number } & (
	| { by: 'ean'; ean: string }
	| { by: 'sku_number'; number: string }
	| { by: 'product_identifier'; style: string; color: string; size: string }
);

/**
 * Returns the references in rows with a quantity other than 0. Other rows are not sent, so their SKUs are not looked up.
 *
 * @throws UserError that names the row, if a value that identifies the SKU is missing
 */
export const parseSkuReferences = (
	rows: unknown[],
	by: Exclude<SkuBy, 'sku_id'>,
	messages: RowMessages,
): SkuReference[] =>
	rows.flatMap((row, index) =>
		isDataObject(row) && hasQuantity(row) ? [parseSkuReference(row, by, index, messages)] : [],
	);

const hasQuantity = ({ quantity }: IDataObject): boolean => {
	const number = typeof quantity === 'string' && quantity.trim() !== '' ? Number(quantity) : quantity;
	return typeof number === 'number' && Number.isFinite(number) && number !== 0;
};

function parseSkuReference(
	row: IDataObject,
	by: Exclude<SkuBy, 'sku_id'>,
	index: number,
	messages: RowMessages,
): SkuReference {
	const cell = (name: string, label: string): string => requireCell(row, name, label, index + 1, messages);
	const code = (name: string, label: string): string => requireCode(row, name, label, index + 1, messages);
	switch (by) {
		case 'ean':
			return { index, by, ean: code('ean', 'EAN') };
		case 'sku_number':
			return { index, by, number: code('sku_number', 'SKU Number') };
		case 'product_identifier': {
			// The form calls the column `color_name`; rows in JSON call it `color`, as Uphance does.
			const color = readCell(row, 'color_name', `'Color' in ${messages.row} ${index + 1}`);
			const style = code('product_identifier', 'Product Identifier');
			return { index, by, style, color: color || cell('color', 'Color'), size: cell('size', 'Size') };
		}
	}
}
