import type { Organisation } from './accounts.mts';
import { findCustomerIndex } from './customerNames.mts';
import { getCustomerDetails } from './customers.mts';
import type { GeneratedRecords } from './generatedRecords.mts';
import type { LineContent } from './lineItems.mts';
import { getLines, sumLines } from './lineItems.mts';

type Item = Record<string, unknown>;

/** Returns the same records without the gaps that clients of Uphance have seen, and with the addresses of the customers. */
export const fillGaps = (records: GeneratedRecords): GeneratedRecords => ({
	...records,
	generate(organisation, ordinal) {
		const record = records.generate(organisation, ordinal);
		return { ...record, ...fields[records.path]?.(record, organisation, ordinal) };
	},
});

/** By path: the fields that replace those of a record. */
const fields: Record<string, (record: Item, organisation: Organisation, ordinal: number) => Item> = {
	'/invoices'(invoice, organisation) {
		const { contact, shippingAddress, billingAddress } = detailsOf(organisation, invoice.company_id);
		return {
			total_discounted: '0.0',
			billing_address: billingAddress,
			shipping_address: shippingAddress,
			billing_contact: contact,
			shipping_contact: contact,
		};
	},
	'/pick_tickets'(ticket, organisation, ordinal) {
		const { contact, shippingAddress } = detailsOf(organisation, ticket.customer_id);
		const isShipped = ticket.status === 'shipped';
		const lines = ticket.status === 'draft' ? withoutFirstSize(getLines(ticket)) : getLines(ticket);
		const totals = sumLines(lines);
		const weight = (totals.total_quantity * 0.3).toFixed(1);
		return {
			...totals,
			line_items: lines,
			notes: ordinal % 5 === 0 ? 'Ring the bell at the loading dock' : '',
			tracking_number: isShipped ? `JD0146000${String(ticket.id)}` : null,
			shipping_method: ordinal % 3 === 0 ? 'Express' : 'Standard',
			service: isShipped ? (ordinal % 3 === 0 ? 'Express' : 'Standard') : null,
			address: shippingAddress,
			contact_name: `${contact?.first_name} ${contact?.last_name}`,
			contact_email: contact?.email,
			contact_phone: contact?.phone_1,
			dimensions: '60 x 40 x 40',
			gross_weight: weight,
			net_weight: weight,
			weight,
			weight_unit: 'kg',
		};
	},
	'/credit_notes': (_note, _organisation, ordinal) => ({ overpayment: '0.0', reference: `CR ${1000 + ordinal}` }),
	'/returns': (record) => ({ tracking_number: `RT${String(record.id)}`, carrier: 'DHL' }),
	'/receiving_tickets': ({ status, created_at: createdAt, in_warehouse_date: date }) => ({
		status: status ?? 'draft',
		in_warehouse_date: date === '' ? createdAt : date,
	}),
};

/** Returns the lines without the pieces of one size: a draft pick ticket waits for them. */
function withoutFirstSize(lines: LineContent[]): LineContent[] {
	const size = lines[0]?.line_quantities.find(({ quantity }) => quantity > 0);
	if (size) size.quantity = 0;
	return lines;
}

const detailsOf = (organisation: Organisation, customerId: unknown) =>
	getCustomerDetails(organisation, findCustomerIndex(organisation, customerId) ?? 0);
