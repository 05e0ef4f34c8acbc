import type { IDataObject } from 'n8n-workflow';
import { isDataObject } from '../../http/json';
import type { RowMessages } from '../../parameters/cells';
import { readCell, requireCell, requireCode } from '../../parameters/cells';
import type { SkuBy } from './skuFields';

/** Which SKU a row means, to be looked up. */
export type SkuReference = { index: number } & (
	| { by: 'ean'; ean: string }
	| { by: 'sku_number'; number: string }
	| { by: 'product_identifier'; style: string; color: string; size: string }
);

/**
 * The SKUs of the rows that have a quantity: the others are left out of what is sent. Rows that are no rows are judged
 * by whoever makes the request of them.
 *
 * @throws UserError for a row that does not say which SKU it means
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
			// The form cannot have a field `color` (n8n's lint takes it for one of colors to pick); records of Uphance have it.
			const color = readCell(row, 'color_name', `'Color' in ${messages.row} ${index + 1}`);
			const style = code('product_identifier', 'Product Identifier');
			return { index, by, style, color: color || cell('color', 'Color'), size: cell('size', 'Size') };
		}
	}
}
