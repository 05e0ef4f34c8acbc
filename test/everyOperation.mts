import type { INodeParameters } from 'n8n-workflow';
import { resources } from '../nodes/Uphance/resources/index.ts';
import { documentedLine } from './orders/documentedLine.mts';

const byId = (value: number): INodeParameters => ({ __rl: true, mode: 'id', value });

/** What an operation needs beside its defaults, in the stand-in Uphance. */
const needed: Record<string, INodeParameters> = {
	'creditNote.get': { creditNoteId: byId(2004079) },
	'customer.get': { customerId: byId(9498) },
	'invoice.get': { invoiceId: byId(1000079) },
	'order.get': { orderId: byId(9005) },
	'order.create': { customerId: byId(55140), ...documentedLine(1) },
	'organisation.setCurrent': { organisationId: byId(9579) },
	'payment.get': { paymentId: byId(6000079) },
	'payment.create': { sale_id: byId(9005), amount: '10.00' },
	'pickTicket.get': { pickTicketId: byId(3000079) },
	'pickTicket.getBoxes': { pickTicketId: byId(3000079) },
	'pickTicket.update': { pickTicketId: byId(3000079), carrier: 'dhl' },
	'pickTicket.ship': { pickTicketId: byId(3000079) },
	'product.get': { productId: byId(6409) },
	'receivingTicket.get': { receivingTicketId: byId(4000079) },
	'return.get': { returnId: byId(5004079) },
	'sku.get': { skuId: { __rl: true, mode: 'ean', value: '5000006409017' } },
	'stockOperation.create': {
		lineQuantities: { lineQuantity: [{ sku: { __rl: true, mode: 'sku_id', value: '640901' }, quantity: 1 }] },
	},
};

/** Every operation of the action node, with parameters that it can run with in organisation 9579 of the stand-in. */
export const everyOperation = resources.flatMap(({ option, operations }) =>
	operations.map((each) => {
		const resource = String(option.value);
		const operation = String(each.option.value);
		const parameters: INodeParameters = { resource, operation, ...needed[`${resource}.${operation}`] };
		return { resource, operation, parameters };
	}),
);
