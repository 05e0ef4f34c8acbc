import { get as getOne } from '../../operation/get';
import { locatorField } from '../../operation/locatorField';
import { byNumber, byPurchaseOrderRef, namedOrder, salesOrder } from './salesOrder';
import { simplifiedOrder } from './simplify';

const lookups = [byNumber, byPurchaseOrderRef];

/** GET /sales_orders/{id}, or the list filtered by what people know of the order (uphance-api.md 4.1). */
export const get = getOne({
	kind: salesOrder,
	locator: locatorField({
		displayName: 'Sales Order',
		name: 'orderId',
		search: 'searchOrders',
		placeholder: 'e.g. 9005',
		description: 'The sales order to get. The number is what people see, such as 101; the ID is internal.',
		modes: lookups.map(({ mode }) => mode),
	}),
	lookups,
	named: namedOrder,
	simplify: simplifiedOrder,
});
