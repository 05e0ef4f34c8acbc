import { listSearch } from '../../operation/listSearch';
import { byNumber, byPurchaseOrderRef, salesOrder } from './salesOrder';

/** "#101 · Barneys · confirmed · 2026-11-02", newest first (users.md B5). */
export const searchOrders = listSearch({
	kind: salesOrder,
	newestFirst: true,
	label: ({ order_number, company_name, status, created_at }) =>
		[`#${String(order_number)}`, company_name, status, String(created_at ?? '').slice(0, 10)]
			.filter(Boolean)
			.join(' · '),
	alsoSearched: ({ purchase_order_ref }) => [purchase_order_ref],
	queries: (text) => {
		const number = /^#?\s*(\d+)$/.exec(text)?.[1];
		return [...(number ? [{ [byNumber.filter]: number }] : []), { [byPurchaseOrderRef.filter]: text }];
	},
});
