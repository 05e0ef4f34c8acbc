import type { Organisation } from './accounts.mts';
import { generateEan } from './eans.mts';
import { formatMoney } from './format.mts';
import { getSkuNumber } from './skus.mts';
import { findSku } from './styles.mts';

type Item = Record<string, unknown>;

export interface Quantity {
	size: string;
	quantity: number;
	sku_id: number;
}

/** The content of a line item without its id, from an order or from a production order. */
export interface LineContent {
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

/** Returns the line items of an order itself, not a copy: tests read millions of them. */
export const getLines = ({ line_items }: Item): LineContent[] => (Array.isArray(line_items) ? line_items : []);

/**
 * Builds line items (schema `LineItem` in `docs/uphance.openapi.yaml`). Every third one has no weight or customs data.
 */
export function makeLineItems(recordId: number, lines: LineContent[]): Item[] {
	return lines.map((lineContent, line) => {
		const id = recordId * 10 + line;
		const hasCustomsData = id % 3 !== 0;
		return {
			id,
			product_id: lineContent.product_id,
			product_name: lineContent.product_name,
			product_identifier: lineContent.product_identifier ?? '',
			variation_id: lineContent.variation_id,
			color: lineContent.color,
			unit_tax: lineContent.unit_tax,
			tax_level: lineContent.tax_level,
			unit_price: lineContent.unit_price,
			original_price: lineContent.original_price,
			percentage_discount: lineContent.percentage_discount,
			weight: hasCustomsData ? '0.3' : '0.0',
			weight_unit: hasCustomsData ? (['kg', 'g', 'lb', 'oz'][line % 4] ?? '') : '',
			country_of_origin: hasCustomsData ? 'PT' : '',
			intrastat_code: hasCustomsData ? '61091000' : '',
			line_quantities: lineContent.line_quantities.map(({ size, quantity, sku_id }, position) => ({
				id: id * 10 + position,
				size,
				quantity,
				sku_id,
			})),
		};
	});
}

/** Builds line items whose quantities also have SKU number and barcode, as on pick and receiving tickets. */
export function makeScannedLineItems(organisation: Organisation, recordId: number, lines: LineContent[]): Item[] {
	return makeLineItems(recordId, lines).map((line, index) => ({
		...line,
		line_quantities: lines[index]?.line_quantities.map(({ size, quantity, sku_id }, position) => ({
			id: (recordId * 10 + index) * 10 + position,
			size,
			quantity,
			sku_id,
			...getCodes(organisation, sku_id),
		})),
	}));
}

/** Returns empty codes for SKUs of Uphance's example orders, which belong to no product. */
function getCodes(organisation: Organisation, skuId: number) {
	const sku = findSku(organisation, skuId);
	return { sku_number: (sku && getSkuNumber(sku)) ?? '', upc_number: sku ? generateEan(skuId) : '' };
}

/** Adds up lines as in Uphance's examples: prices without tax, tax per unit times quantity. */
export function sumLines(lines: LineContent[]) {
	const sum = (value: (content: LineContent) => number) =>
		lines.reduce((total, content) => total + value(content) * sumQuantity(content), 0);
	const items = sum(({ unit_price }) => toCents(unit_price));
	const tax = sum(({ unit_tax }) => toCents(unit_tax));
	return {
		items_total: formatMoney(items),
		items_tax: formatMoney(tax),
		subtotal: formatMoney(items),
		total_tax: formatMoney(tax),
		grand_total: formatMoney(items + tax),
		total_quantity: sum(() => 1),
	};
}

export const toCents = (text: unknown) => Math.round(Number(text) * 100);

const sumQuantity = ({ line_quantities }: LineContent) =>
	line_quantities.reduce((sum, { quantity }) => sum + quantity, 0);
