import type { Organisation } from './accounts.mts';
import { generateEan } from './eans.mts';
import type { ListRoute } from './listRoute.mts';
import type { Stock } from './stock.mts';
import type { Sku } from './styles.mts';
import { getSkusById, getCategory, getSkuId } from './styles.mts';
import type { Switches } from './switches.mts';

/** `docs/uphance.openapi.yaml: GET /skus` */
export const skuListRoute = (stock: Stock, switches: Switches): ListRoute => ({
	path: '/skus',
	listKey: 'skus',
	perPage: 100,
	find(organisation, query) {
		const ean = query['filter[ean]'];
		const matches = (id: number) => !ean || (stock.getSkuValues(organisation, id).ean ?? generateEan(id)) === ean;
		const found = [...getSkusById(organisation)].filter(([id]) => matches(id)).map(([, sku]) => sku);
		return {
			length: found.length,
			at: (index) => {
				const sku = found[index];
				return sku ? selectIds[switches.skuIds](sku, makeSkuRecord(organisation, sku, stock)) : {};
			},
		};
	},
});

/** Adds or removes the ids of a listed SKU, by the switch `skuIds`. JSON leaves out a field that is undefined. */
const selectIds: Record<Switches['skuIds'], (sku: Sku, record: Record<string, unknown>) => Record<string, unknown>> = {
	all: ({ style, variationId }, { id, ...rest }) => ({ id, product_id: style.id, variation_id: variationId, ...rest }),
	id: (_sku, record) => record,
	none: (_sku, record) => ({ ...record, id: undefined }),
};

/** Builds a SKU for GET /skus and for products. Only four fields of the former are known, so both have the same. */
export function makeSkuRecord(organisation: Organisation, sku: Sku, stock: Stock): Record<string, unknown> {
	const id = getSkuId(sku.style, sku.variation, sku.position);
	const inStock = stock.getQuantity(organisation, id);
	const reserved = id % 4;
	const incoming = id % 3 === 0 ? 12 : 0;
	return {
		id,
		color: sku.color,
		size: sku.size,
		ean: generateEan(id),
		in_stock: inStock,
		available_to_sell: inStock - reserved + incoming,
		available_to_sell_from_stock: inStock - reserved,
		sku_number: getSkuNumber(sku),
		product_name: sku.style.name,
		category: getCategory(sku.style),
		...stock.getSkuValues(organisation, id),
	};
}

/** Returns null or '' for SKUs without a number. */
export function getSkuNumber({ style, variation, position, color, size }: Sku): string | null {
	const remainder = getSkuId(style, variation, position) % 11;
	if (remainder === 3) return null;
	return remainder === 7 ? '' : `${style.identifier}-${color.slice(0, 3).toUpperCase()}-${size}`;
}
