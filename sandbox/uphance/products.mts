import type { Organisation } from './accounts.mts';
import { channels } from './channels.mts';
import type { Kind } from './recordType.mts';
import type { ListRoute } from './listRoute.mts';
import { seasons } from './seasons.mts';
import type { SingleRoute } from './singleRoute.mts';
import { skuRecord } from './skus.mts';
import type { Stock } from './stock.mts';
import type { Style } from './styles.mts';
import { categoryOf, sizes, stylesOf, turnOf, variationId } from './styles.mts';
import { pick } from './pickCyclic.mts';
import type { Switches } from './switches.mts';

const names = { path: '/products', one: 'product', many: 'products' };

/** What GET /products and /products/:id give (uphance-api.md 4.4). New ones bring no skus of their own. */
export const products = (stock: Stock, switches: Switches): Kind => ({
	list: list(stock, switches),
	one: one(stock, switches),
	example: (organisation, turn) => product(organisation, pick(stylesOf(organisation), turn), stock, switches),
	filters: ['filter[product_identifier]'],
	number: 'product_identifier',
});

const list = (stock: Stock, switches: Switches): ListRoute => ({
	path: names.path,
	key: names.many,
	perPage: 100,
	find(organisation, query) {
		const wanted = query['filter[product_identifier]'];
		const found = stylesOf(organisation).filter(({ identifier }) => !wanted || identifier === wanted);
		return { length: found.length, at: (index) => product(organisation, pick(found, index), stock, switches) };
	},
});

const one = (stock: Stock, switches: Switches): SingleRoute => ({
	...names,
	find(organisation, id) {
		const style = stylesOf(organisation).find((each) => each.id === id);
		return style && product(organisation, style, stock, switches);
	},
});

function product(organisation: Organisation, style: Style, stock: Stock, switches: Switches) {
	const turn = turnOf(style);
	// An identifier begins with the season; a style can be carried over into another one.
	const own = seasons.findIndex(({ name }) => style.identifier.startsWith(name));
	const season = pick(seasons, own);
	const next = pick(seasons, own + 1);
	const lists = turn % 3 === 0 ? [season.id, next.id] : [season.id];
	return {
		id: style.id,
		product_identifier: style.identifier,
		name: style.name,
		description: [`${style.name}, cut generously`, '', null][turn % 3],
		sizing_system: sizes.join(', '),
		image_url: turn % 5 === 0 ? '' : `https://images.example/products/${style.id}.jpg`,
		not_for_sale: turn % 8 === 0,
		season_id: switches.seasonId === 'list' ? lists : season.id,
		category: categoryOf(style),
		sub_category: [null, '', 'Long sleeves'][turn % 3],
		variations: style.colors.map((color, variation) => ({
			id: variationId(style, variation),
			color,
			textile_content: variation === 0 ? '100% organic cotton' : '',
			prices: channels.map(({ name, currency }) => ({
				wsp_money: (style.cents / 100).toFixed(2),
				msrp_money: ((style.cents * 2.5) / 100).toFixed(2),
				name,
				currency,
			})),
			skus: sizes.map((size, position) =>
				skuRecord(
					organisation,
					{ style, variation, position, variationId: variationId(style, variation), color, size },
					stock,
				),
			),
		})),
	};
}
