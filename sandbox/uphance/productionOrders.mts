import type { Organisation } from './accounts.mts';
import { createdAt, midnight } from './dates.mts';
import type { Content } from './lineItems.mts';
import { lineItems, totals } from './lineItems.mts';
import { pick } from './pickCyclic.mts';
import { money, timestamp } from './format.mts';
import { firstIds, recordId } from './recordIds.mts';
import type { Row } from './generatedRecords.mts';
import { sinceId } from './generatedRecords.mts';
import { seasons } from './seasons.mts';
import { skuNumber } from './skus.mts';
import { sizes, skuId, skuOf, stylesOf, variationId } from './styles.mts';
import type { Switches } from './switches.mts';

/** Where production orders are; there is no filter that would need more of them. */
export const productionPlaces = Array.from({ length: 230 }, (_, place) => place);

export const productionOrderId = (organisation: Organisation, place: number) =>
	recordId(firstIds.productionOrders, organisation, place);

export const productionOrderNumber = (place: number) => 600 + place;

const vendors = [
	{ id: 70011, name: 'Tessitura Lombarda' },
	{ id: 70024, name: 'Confecções Minho' },
	{ id: 70038, name: 'Anatolia Knit Ltd' },
];
export const vendorOf = (place: number) => pick(vendors, place);

/** Whether everything of the production order has come. */
export const isReceived = (place: number) => place % 3 === 0;

/** What is made: two colours of a style, at what it costs to make. */
export function producedContents(organisation: Organisation, place: number): Content[] {
	const style = pick(stylesOf(organisation), place);
	const cost = money(Math.round(style.cents * 0.4));
	return style.colors.slice(0, 2).map((color, variation) => ({
		product_id: style.id,
		product_name: style.name,
		product_identifier: style.identifier,
		variation_id: variationId(style, variation),
		color,
		unit_tax: '0.0',
		tax_level: '0.0',
		unit_price: cost,
		original_price: cost,
		percentage_discount: '0.0',
		line_quantities: sizes.map((size, position) => ({
			size,
			quantity: ((place + variation + position) % 4) * 10,
			sku_id: skuId(style, variation, position),
		})),
	}));
}

/** GET /production_orders (uphance-api.md 4.14), fifty a page. */
export const productionOrders = (switches: Switches): Row => ({
	path: '/production_orders',
	one: 'production_order',
	many: 'production_orders',
	firstId: firstIds.productionOrders,
	perPage: 50,
	places: () => productionPlaces,
	at(organisation, place) {
		const id = productionOrderId(organisation, place);
		const created = createdAt(place, 0);
		const contents = producedContents(organisation, place);
		const vendor = vendorOf(place);
		const isDated = place % 2 === 0;
		return {
			id,
			production_order_number: String(productionOrderNumber(place)),
			created_at: timestamp(created, switches),
			updated_at: timestamp(created + 3_600_000, switches),
			...totals(contents),
			tax_level: '0.0',
			shipping_cost: '0.0',
			shipping_tax: '0.0',
			confirmed_at: timestamp(created + 7_200_000, switches),
			due_date: isDated ? timestamp(midnight(created + 60 * 86_400_000), switches) : null,
			in_warehouse_date: isDated ? timestamp(midnight(created + 70 * 86_400_000), switches) : null,
			drop_id: null,
			notes: [null, '', 'Labels by air'][place % 3],
			internal_notes: null,
			currency: 'EUR',
			company_id: vendor.id,
			company_name: vendor.name,
			season_id: pick(seasons, place).id,
			organisation_id: organisation.id,
			status: isReceived(place) ? 'COMPLETE' : 'CONFIRMED',
			delivery_status: isReceived(place) ? 'All Received' : 'Receiving',
			financial_status: 'Not Paid',
			warehouses: ['Primary warehouse'],
			payment_terms: isDated ? 'Net 30' : null,
			delivery_terms: isDated ? 'FOB' : null,
			line_items: lineItems(id, contents).map((line, index) => ({
				...line,
				bundle_line_item: false,
				comments: '',
				product_brand: isDated ? 'Uphance' : null,
				warehouse: 'Primary warehouse',
				product_cover_image: `https://images.example/products/${contents[index]?.product_id}.jpg`,
				variation_images: [`https://images.example/variations/${contents[index]?.variation_id}.jpg`],
				line_quantities: contents[index]?.line_quantities.map(({ size, quantity, sku_id }, position) => ({
					id: (id * 10 + index) * 10 + position,
					size,
					quantity,
					sku_id,
					sku_number: numberOf(organisation, sku_id),
					inventory_id: {
						id: sku_id + 1,
						sku_id,
						created_at: timestamp(created, switches),
						updated_at: timestamp(created, switches),
					},
				})),
			})),
		};
	},
	filters: (organisation, query) => [sinceId(firstIds.productionOrders, organisation, query)],
});

function numberOf(organisation: Organisation, id: number): string {
	const sku = skuOf(organisation, id);
	return (sku && skuNumber(sku)) ?? '';
}
