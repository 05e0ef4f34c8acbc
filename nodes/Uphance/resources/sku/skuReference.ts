import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import { isDataObject, isObject } from '../../http/json';
import { capitalize, cleanText } from '../../http/text';
import type { RowMessages } from '../../parameters/cells';
import { isFilled, readCell, requireCell, requireCode } from '../../parameters/cells';
import { parseId } from '../../parameters/parse';
import type { RawRows } from '../../parameters/rows';

/** The columns that can identify a SKU, in the order in which they count. */
export const identifiers = ['sku_id', 'ean', 'sku_number', 'product_identifier'] as const;

/** What identifies the SKU of a row. */
export type SkuReference = {
	/** The position of the row, from 0. */
	index: number;
	/** Further columns that could identify a SKU. They do not count. */
	unused: string[];
} & (
	| { by: 'sku_id'; id: number }
	| { by: 'ean'; ean: string }
	| { by: 'sku_number'; number: string }
	| { by: 'product_identifier'; style: string; color: string; size: string }
);

/**
 * Returns the rows that have a quantity other than 0, each read once, with what identifies its SKU.
 *
 * @param parse returns the other values of a row, or undefined if its quantity is 0: such a row is left out
 * @throws UserError that names the row, if a value cannot be used; UserError that names the field, if it is not a list
 */
export const parseSkuRows = <T extends object>(
	rows: RawRows,
	messages: RowMessages,
	parse: (row: IDataObject, number: number) => T | undefined,
): Array<T & { sku: SkuReference }> =>
	requireObjects(rows, messages).flatMap((row, index) => {
		const values = parse(row, index + 1);
		return values ? [{ ...values, sku: parseSkuReference(row, index, rows.isForm, messages) }] : [];
	});

/** @throws UserError that names the field, if it is not a list; UserError that names the row, if it is not an object */
export function requireObjects({ list, label }: RawRows, { row: noun, example }: RowMessages): IDataObject[] {
	if (!Array.isArray(list)) {
		throw new UserError(`'${label}' is not a list`, { description: `Use a list of rows such as [${example}].` });
	}
	return list.map((element: unknown, index) => {
		if (isDataObject(element)) return element;
		throw new UserError(`${capitalize(noun)} ${index + 1} is not an object`, {
			description: `Each ${noun} is an object such as ${example}.`,
		});
	});
}

function parseSkuReference(row: IDataObject, index: number, isForm: boolean, messages: RowMessages): SkuReference {
	const cells = isForm ? cellsOf(row) : row;
	const place = `${messages.row} ${index + 1}`;
	const by = identifiers.find((name) => readCell(cells, name, `'${labels[name]}' in ${place}`) !== '');
	if (!by) throw messages.missingValueError(index + 1, 'SKU', isForm ? formAdvice : jsonAdvice);
	const unused = identifiers.slice(identifiers.indexOf(by) + 1).filter((name) => isFilled(cells[name]));
	const cell = (name: string, label: string): string => requireCell(cells, name, label, index + 1, messages);
	const code = (name: typeof by): string => requireCode(cells, name, labels[name], index + 1, messages);
	const common = { index, unused };
	switch (by) {
		case 'sku_id':
			return { ...common, by, id: requireSkuId(cells, index + 1, messages) };
		case 'ean':
			return { ...common, by, ean: code(by) };
		case 'sku_number':
			return { ...common, by, number: code(by) };
		case 'product_identifier':
			return { ...common, by, style: code(by), color: cell('color', 'Color'), size: cell('size', 'Size') };
	}
}

/** Returns the ID in the column `sku_id`. @param number position of the row, from 1. @throws UserError if it is none */
export function requireSkuId(row: IDataObject, number: number, messages: RowMessages): number {
	const code = requireCode(row, 'sku_id', labels.sku_id, number, messages);
	return parseId(`'${labels.sku_id}' in ${messages.row} ${number}`, code, idAdvice);
}

const labels = { sku_id: 'SKU ID', ean: 'EAN', sku_number: 'SKU Number', product_identifier: 'Style' } as const;

const formAdvice = "Choose one in 'SKU', or leave that empty and fill in Style, Color and Size";
const jsonAdvice = 'Add "sku_id", "ean" or "sku_number", or "product_identifier", "color" and "size"';
const idAdvice =
	'Use the ID that Uphance gave the SKU. For a barcode use EAN, and for a number that people see use SKU Number.';

/** Returns a row of the form as a row of JSON. There, `color` would be a color to pick, so the column has another name. */
function cellsOf(row: IDataObject): IDataObject {
	const { sku = '' } = row;
	const { mode, value } = isObject(sku) ? sku : { mode: 'sku_id', value: sku };
	if (typeof value === 'string' && cleanText(value) === '') {
		return 'color_name' in row ? { ...row, color: row.color_name } : row;
	}
	// In a form, null means that an expression found nothing, and not an empty cell.
	return { [mode === 'list' ? 'sku_id' : String(mode)]: value ?? undefined };
}
