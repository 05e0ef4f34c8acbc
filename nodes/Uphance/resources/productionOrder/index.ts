import type { IDataObject } from 'n8n-workflow';
import { createdAfter, createdBefore } from '../../parameters/createdBetween';
import { documentRows } from '../../output/rows';
import { afterId } from '../../parameters/filters';
import { getMany } from '../../operations/getMany';
import type { Resource } from '../../operations/operation';
import type { RecordKind } from '../../transport/recordType';
import { amount, numberText, orNull } from '../../output/values';

/** users.md B2 */
const simplify = (order: IDataObject): IDataObject => ({
	id: orNull(order.id),
	production_order_number: numberText(order.production_order_number),
	company_name: orNull(order.company_name),
	status: orNull(order.status),
	delivery_status: orNull(order.delivery_status),
	due_date: orNull(order.due_date),
	in_warehouse_date: orNull(order.in_warehouse_date),
	total_quantity: orNull(order.total_quantity),
	grand_total: amount(order.grand_total),
	currency: orNull(order.currency),
});

const kind: RecordKind = {
	path: '/production_orders',
	listKey: 'production_orders',
	key: 'production_order',
	singular: 'production order',
	plural: 'production orders',
};

/** Pages of 50; how to get one is unknown (uphance-api.md 4.14). */
export const productionOrder: Resource = {
	option: { name: 'Production Order', value: 'productionOrder', description: 'What a vendor is to make' },
	records: { kind, simplify },
	operations: [
		getMany({
			kind,
			simplify,
			itemPer: documentRows(simplify),
			filters: [afterId('production orders'), createdAfter('production orders'), createdBefore('production orders')],
		}),
	],
};
