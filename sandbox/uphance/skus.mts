import type { Organisation } from './accounts.mts';
import { eanOf } from './eans.mts';
import type { ListRoute } from './listRoute.mts';
import type { Stock } from './stock.mts';
import type { Sku } from './styles.mts';
import { allSkus, categoryOf, skuId } from './styles.mts';
import type { Switches } from './switches.mts';

/** GET /skus (uphance-api.md 4.5). */
export const skus = (stock: Stock, switches: Switches): ListRoute => ({
	path: '/skus',
	key: 'skus',
	perPage: 100,
	find(organisation, query) {
		const ean = query['filter[ean]'];
		const isAskedFor = (id: number) => !ean || (stock.changedIn(organisation, id).ean ?? eanOf(id)) === ean;
		const found = [...allSkus(organisation)].filter(([id]) => isAskedFor(id)).map(([, sku]) => sku);
		return {
			length: found.length,
			at: (index) => {
				const sku = found[index];
				return sku ? idsOf[switches.skuIds](sku, skuRecord(organisation, sku, stock)) : {};
			},
		};
	},
});

/** The record as the list shows it; an id that is undefined does not go out. */
const idsOf: Record<Switches['skuIds'], (sku: Sku, record: Record<string, unknown>) => Record<string, unknown>> = {
	all: ({ style, variationId }, { id, ...rest }) => ({ id, product_id: style.id, variation_id: variationId, ...rest }),
	id: (_sku, record) => record,
	none: (_sku, record) => ({ ...record, id: undefined }),
};

/** A sku, in a product or by itself: of the latter only four fields are known, so it has those of the former. */
export function skuRecord(organisation: Organisation, sku: Sku, stock: Stock): Record<string, unknown> {
	const id = skuId(sku.style, sku.variation, sku.position);
	const inStock = stock.of(organisation, id);
	const reserved = id % 4;
	const incoming = id % 3 === 0 ? 12 : 0;
	return {
		id,
		color: sku.color,
		size: sku.size,
		ean: eanOf(id),
		in_stock: inStock,
		available_to_sell: inStock - reserved + incoming,
		available_to_sell_from_stock: inStock - reserved,
		sku_number: skuNumber(sku),
		product_name: sku.style.name,
		category: categoryOf(sku.style),
		...stock.changedIn(organisation, id),
	};
}

/** Some were never given a number. */
export function skuNumber({ style, variation, position, color, size }: Sku): string | null {
	const turn = skuId(style, variation, position) % 11;
	if (turn === 3) return null;
	return turn === 7 ? '' : `${style.identifier}-${color.slice(0, 3).toUpperCase()}-${size}`;
}
