/** The least a node can do inside n8n to bring every sales order: no guard, no repeats, no explanations. */
class Least {
	description = {
		displayName: 'Least',
		name: 'least',
		group: ['transform'],
		version: 1,
		description: 'Every sales order',
		defaults: { name: 'Least' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'uphanceApi', required: true }],
		properties: [],
	};

	async execute() {
		const data = await this.getCredentials('uphanceApi');
		const items = [];
		for (let page = 1; page; ) {
			const answer = await this.helpers.httpRequestWithAuthentication.call(
				this,
				'uphanceApi',
				{ url: `${data.apiUrl}/sales_orders`, qs: { page }, json: true },
				{ credentialsDecrypted: { id: '', name: '', type: 'uphanceApi', data } },
			);
			for (const json of answer.sales_orders) items.push({ json });
			page = answer.meta.next_page;
		}
		return [items];
	}
}

module.exports = { Least };
