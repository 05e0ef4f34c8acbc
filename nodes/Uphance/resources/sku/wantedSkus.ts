import type { IDataObject } from 'n8n-workflow';
import type { RowWords } from '../../parameters/rowCell';
import { cellText, neededCell } from '../../parameters/rowCell';
import { isDataObject } from '../../transport/recordsIn';
import type { SkuBy } from './skuFields';

/** Which SKU a row means, to be looked up. */
export type WantedSku = { index: number } & (
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
export const wantedSkus = (rows: unknown[], by: Exclude<SkuBy, 'sku_id'>, words: RowWords): WantedSku[] =>
	rows.flatMap((row, index) => (isDataObject(row) && hasQuantity(row) ? [wantedSku(row, by, index, words)] : []));

const hasQuantity = ({ quantity }: IDataObject): boolean => {
	const number = typeof quantity === 'string' && quantity.trim() !== '' ? Number(quantity) : quantity;
	return typeof number === 'number' && Number.isFinite(number) && number !== 0;
};

function wantedSku(row: IDataObject, by: Exclude<SkuBy, 'sku_id'>, index: number, words: RowWords): WantedSku {
	const cell = (name: string, label: string): string => neededCell(row, name, label, index + 1, words);
	switch (by) {
		case 'ean':
			return { index, by, ean: cell('ean', 'EAN') };
		case 'sku_number':
			return { index, by, number: cell('sku_number', 'SKU Number') };
		case 'product_identifier': {
			// The form cannot have a field `color` (n8n's lint takes it for one of colors to pick); records of Uphance have it.
			const named = cellText(row, 'color_name', `'Color' in ${words.row} ${index + 1}`);
			const style = cell('product_identifier', 'Product Identifier');
			return { index, by, style, color: named || cell('color', 'Color'), size: cell('size', 'Size') };
		}
	}
}
