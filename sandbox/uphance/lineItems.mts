import type { Organisation } from './accounts.mts';
import { eanOf } from './eans.mts';
import { money } from './format.mts';
import { skuNumber } from './skus.mts';
import { skuOf } from './styles.mts';

type Item = Record<string, unknown>;

export interface Quantity {
	size: string;
	quantity: number;
	sku_id: number;
}

/** What a line is about: that of an order, or one that nobody ordered. */
export interface Content {
	product_id: number;
	product_name: string;
	product_identifier?: string;
	variation_id: number;
	color: string;
	unit_tax: string;
	tax_level: string;
	unit_price: string;
	original_price: string;
	percentage_discount: string;
	line_quantities: Quantity[];
}

/** The lines of an order, which come as JSON shows them. */
export const linesOf = (order: Item): Content[] => JSON.parse(JSON.stringify(order.line_items ?? []));

/** The lines of a record (uphance-api.md 3.5); what has to do with customs is often left empty. */
export function lineItems(recordId: number, contents: Content[]): Item[] {
	return contents.map((content, line) => {
		const id = recordId * 10 + line;
		const isFilledIn = id % 3 !== 0;
		return {
			id,
			product_id: content.product_id,
			product_name: content.product_name,
			product_identifier: content.product_identifier ?? '',
			variation_id: content.variation_id,
			color: content.color,
			unit_tax: content.unit_tax,
			tax_level: content.tax_level,
			unit_price: content.unit_price,
			original_price: content.original_price,
			percentage_discount: content.percentage_discount,
			weight: isFilledIn ? '0.3' : '0.0',
			weight_unit: isFilledIn ? (['kg', 'g', 'lb', 'oz'][line % 4] ?? '') : '',
			country_of_origin: isFilledIn ? 'PT' : '',
			intrastat_code: isFilledIn ? '61091000' : '',
			line_quantities: content.line_quantities.map(({ size, quantity, sku_id }, position) => ({
				id: id * 10 + position,
				size,
				quantity,
				sku_id,
			})),
		};
	});
}

/** As lineItems, with the codes that whoever packs or unpacks the pieces scans. */
export function scannedLineItems(organisation: Organisation, recordId: number, contents: Content[]): Item[] {
	return lineItems(recordId, contents).map((line, index) => ({
		...line,
		line_quantities: contents[index]?.line_quantities.map(({ size, quantity, sku_id }, position) => ({
			id: (recordId * 10 + index) * 10 + position,
			size,
			quantity,
			sku_id,
			...codesOf(organisation, sku_id),
		})),
	}));
}

/** Those of a documented order's skus, which are in no product, are empty. */
function codesOf(organisation: Organisation, skuId: number) {
	const sku = skuOf(organisation, skuId);
	return { sku_number: (sku && skuNumber(sku)) ?? '', upc_number: sku ? eanOf(skuId) : '' };
}

/** The sums of lines; the arithmetic is that of uphance-api.md 3.4. */
export function totals(contents: Content[]) {
	const sum = (value: (content: Content) => number) =>
		contents.reduce((total, content) => total + value(content) * quantityOf(content), 0);
	const items = sum(({ unit_price }) => cents(unit_price));
	const tax = sum(({ unit_tax }) => cents(unit_tax));
	return {
		items_total: money(items),
		items_tax: money(tax),
		subtotal: money(items),
		total_tax: money(tax),
		grand_total: money(items + tax),
		total_quantity: sum(() => 1),
	};
}

export const cents = (text: unknown) => Math.round(Number(text) * 100);

const quantityOf = ({ line_quantities }: Content) => line_quantities.reduce((sum, { quantity }) => sum + quantity, 0);
