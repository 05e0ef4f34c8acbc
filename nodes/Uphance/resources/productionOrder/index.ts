import type { IDataObject } from 'n8n-workflow';
import { getMany } from '../../operations/getMany';
import type { Resource } from '../../operations/operation';
import { lineItemRows } from '../../output/lineItemRows';
import { toNumber, toText, orNull } from '../../output/values';
import { afterIdFilter, createdAfterFilter, createdBeforeFilter } from '../../parameters/filters';
import type { RecordType } from '../../transport/recordType';
import { skuCodes } from '../sku/skuCodes';

/** Returns the ten fields of a production order that the next node usually needs. */
const simplify = (order: IDataObject): IDataObject => ({
	id: orNull(order.id),
	production_order_number: toText(order.production_order_number),
	company_name: orNull(order.company_name),
	status: orNull(order.status),
	delivery_status: orNull(order.delivery_status),
	due_date: orNull(order.due_date),
	in_warehouse_date: orNull(order.in_warehouse_date),
	total_quantity: orNull(order.total_quantity),
	grand_total: toNumber(order.grand_total),
	currency: orNull(order.currency),
});

const recordType: RecordType = {
	path: '/production_orders',
	listKey: 'production_orders',
	singularKey: 'production_order',
	singular: 'production order',
	plural: 'production orders',
	supportsSinceId: true,
	namesOrganisation: true,
};

/**
 * The resource Production Order. No request for a single one is known (docs/uphance.openapi.yaml:
 * GET /production_orders).
 */
export const productionOrder: Resource = {
	option: { name: 'Production Order', value: 'productionOrder', description: 'Order for a vendor to make goods' },
	records: { recordType, simplify },
	operations: [
		getMany({
			recordType,
			simplify,
			itemPer: lineItemRows(simplify, skuCodes),
			filters: [
				afterIdFilter('production orders'),
				createdAfterFilter('production orders'),
				createdBeforeFilter('production orders'),
			],
		}),
	],
};
