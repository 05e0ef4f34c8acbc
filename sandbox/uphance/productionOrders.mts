import type { Organisation } from './accounts.mts';
import { dayMs, startOfDay } from './dates.mts';
import { formatMoney, formatTimestamp } from './format.mts';
import type { GeneratedRecords } from './generatedRecords.mts';
import { sinceIdFilter } from './generatedRecords.mts';
import type { History } from './history.mts';
import type { LineContent } from './lineItems.mts';
import { makeLineItems, sumLines } from './lineItems.mts';
import { pickCyclic } from './pickCyclic.mts';
import { firstIds, getRecordId } from './recordIds.mts';
import { seasons } from './seasons.mts';
import { getSkuNumber } from './skus.mts';
import { sizes, getSkuId, findSku, listStyles, getVariationId } from './styles.mts';
import type { Switches } from './switches.mts';

/** Ordinals of the production orders. */
export const productionOrdinals = Array.from({ length: 230 }, (_, ordinal) => ordinal);

export const getProductionOrderId = (organisation: Organisation, ordinal: number) =>
	getRecordId(firstIds.productionOrders, organisation, ordinal);

export const getProductionOrderNumber = (ordinal: number) => 600 + ordinal;

const vendors = [
	{ id: 70011, name: 'Tessitura Lombarda' },
	{ id: 70024, name: 'Confecções Minho' },
	{ id: 70038, name: 'Anatolia Knit Ltd' },
];
export const getVendor = (ordinal: number) => pickCyclic(vendors, ordinal);

/** Returns the lines of a production order: two colours of a style, at their production cost. */
export function makeProducedLines(organisation: Organisation, ordinal: number): LineContent[] {
	const style = pickCyclic(listStyles(organisation), ordinal);
	const cost = formatMoney(Math.round(style.cents * 0.4));
	return style.colors.slice(0, 2).map((color, variation) => ({
		product_id: style.id,
		product_name: style.name,
		product_identifier: style.identifier,
		variation_id: getVariationId(style, variation),
		color,
		unit_tax: '0.0',
		tax_level: '0.0',
		unit_price: cost,
		original_price: cost,
		percentage_discount: '0.0',
		line_quantities: sizes.map((size, position) => ({
			size,
			quantity: ((ordinal + variation + position) % 4) * 10,
			sku_id: getSkuId(style, variation, position),
		})),
	}));
}

/** Production orders, 50 per page (`docs/uphance.openapi.yaml: GET /production_orders`). */
export const productionOrderRecords = (history: History, switches: Switches): GeneratedRecords => ({
	path: '/production_orders',
	singularKey: 'production_order',
	listKey: 'production_orders',
	firstId: firstIds.productionOrders,
	perPage: 50,
	listOrdinals: () => productionOrdinals,
	generate(organisation, ordinal) {
		const id = getProductionOrderId(organisation, ordinal);
		const { createdAt: created, isReceived } = history.production(ordinal);
		const lines = makeProducedLines(organisation, ordinal);
		const vendor = getVendor(ordinal);
		const hasDates = !history.hasGaps || ordinal % 2 === 0;
		return {
			id,
			production_order_number: String(getProductionOrderNumber(ordinal)),
			created_at: formatTimestamp(created, switches),
			updated_at: formatTimestamp(created + 3_600_000, switches),
			...sumLines(lines),
			tax_level: '0.0',
			shipping_cost: '0.0',
			shipping_tax: '0.0',
			confirmed_at: formatTimestamp(created + 7_200_000, switches),
			due_date: hasDates ? formatTimestamp(startOfDay(created + 60 * dayMs), switches) : null,
			in_warehouse_date: hasDates ? formatTimestamp(startOfDay(created + 70 * dayMs), switches) : null,
			drop_id: null,
			notes: [null, '', 'Labels by air'][ordinal % 3],
			internal_notes: null,
			currency: 'EUR',
			company_id: vendor.id,
			company_name: vendor.name,
			season_id: pickCyclic(seasons, ordinal).id,
			organisation_id: organisation.id,
			status: isReceived ? 'COMPLETE' : 'CONFIRMED',
			delivery_status: isReceived ? 'All Received' : 'Receiving',
			financial_status: 'Not Paid',
			warehouses: ['Primary warehouse'],
			payment_terms: hasDates ? 'Net 30' : null,
			delivery_terms: hasDates ? 'FOB' : null,
			line_items: makeLineItems(id, lines).map((line, index) => ({
				...line,
				bundle_line_item: false,
				comments: '',
				product_brand: hasDates ? 'Uphance' : null,
				warehouse: 'Primary warehouse',
				product_cover_image: `https://images.example/products/${lines[index]?.product_id}.jpg`,
				variation_images: [`https://images.example/variations/${lines[index]?.variation_id}.jpg`],
				line_quantities: lines[index]?.line_quantities.map(({ size, quantity, sku_id }, position) => ({
					id: (id * 10 + index) * 10 + position,
					size,
					quantity,
					sku_id,
					sku_number: getNumber(organisation, sku_id),
					inventory_id: {
						id: sku_id + 1,
						sku_id,
						created_at: formatTimestamp(created, switches),
						updated_at: formatTimestamp(created, switches),
					},
				})),
			})),
		};
	},
	buildFilters: (organisation, query) => [sinceIdFilter(firstIds.productionOrders, organisation, query)],
});

function getNumber(organisation: Organisation, id: number): string {
	const sku = findSku(organisation, id);
	return (sku && getSkuNumber(sku)) ?? '';
}
