import type { Organisation } from './accounts.mts';
import { channels } from './channels.mts';
import type { ListRoute } from './listRoute.mts';
import { pickCyclic } from './pickCyclic.mts';
import type { RecordType } from './recordType.mts';
import { seasons } from './seasons.mts';
import type { SingleRoute } from './singleRoute.mts';
import { makeSkuRecord } from './skus.mts';
import type { Stock } from './stock.mts';
import type { Style } from './styles.mts';
import { getCategory, sizes, listStyles, getSeed, getVariationId } from './styles.mts';
import type { Switches } from './switches.mts';

const recordKeys = { path: '/products', singularKey: 'product', listKey: 'products' };

/**
 * Serves `docs/uphance.openapi.yaml: GET /products` and `GET /products/{id}`. Added products repeat the SKUs of an
 * existing one.
 */
export const productType = (stock: Stock, switches: Switches): RecordType => ({
	list: listRoute(stock, switches),
	single: singleRoute(stock, switches),
	makeTemplate: (organisation, seed) =>
		makeProduct(organisation, pickCyclic(listStyles(organisation), seed), stock, switches),
	filters: ['filter[product_identifier]'],
	numberField: 'product_identifier',
});

const listRoute = (stock: Stock, switches: Switches): ListRoute => ({
	path: recordKeys.path,
	listKey: recordKeys.listKey,
	perPage: 100,
	find(organisation, query) {
		const requested = query['filter[product_identifier]'];
		const found = listStyles(organisation).filter(({ identifier }) => !requested || identifier === requested);
		return {
			length: found.length,
			at: (index) => makeProduct(organisation, pickCyclic(found, index), stock, switches),
		};
	},
});

const singleRoute = (stock: Stock, switches: Switches): SingleRoute => ({
	...recordKeys,
	find(organisation, id) {
		const style = listStyles(organisation).find((each) => each.id === id);
		return style && makeProduct(organisation, style, stock, switches);
	},
});

function makeProduct(organisation: Organisation, style: Style, stock: Stock, switches: Switches) {
	const seed = getSeed(style);
	// An identifier begins with the season. Every third style is also sold in the next season.
	const seasonIndex = seasons.findIndex(({ name }) => style.identifier.startsWith(name));
	const season = pickCyclic(seasons, seasonIndex);
	const nextSeason = pickCyclic(seasons, seasonIndex + 1);
	const seasonIds = seed % 3 === 0 ? [season.id, nextSeason.id] : [season.id];
	return {
		id: style.id,
		product_identifier: style.identifier,
		name: style.name,
		description: [`${style.name}, cut generously`, '', null][seed % 3],
		sizing_system: sizes.join(', '),
		image_url: seed % 5 === 0 ? '' : `https://images.example/products/${style.id}.jpg`,
		not_for_sale: seed % 8 === 0,
		season_id: switches.seasonId === 'list' ? seasonIds : season.id,
		category: getCategory(style),
		sub_category: [null, '', 'Long sleeves'][seed % 3],
		variations: style.colors.map((color, variation) => ({
			id: getVariationId(style, variation),
			color,
			textile_content: variation === 0 ? '100% organic cotton' : '',
			prices: channels.map(({ name, currency }) => ({
				wsp_money: (style.cents / 100).toFixed(2),
				msrp_money: ((style.cents * 2.5) / 100).toFixed(2),
				name,
				currency,
			})),
			skus: sizes.map((size, position) =>
				makeSkuRecord(
					organisation,
					{ style, variation, position, variationId: getVariationId(style, variation), color, size },
					stock,
				),
			),
		})),
	};
}
