/** A CRD that has a bit of everything that servers treat in their own way. */
export const widgetCrd = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'widgets.conformance.example.dev' },
  spec: {
    group: 'conformance.example.dev',
    names: { kind: 'Widget', plural: 'widgets', shortNames: ['wd'], categories: ['all'] },
    scope: 'Namespaced',
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        selectableFields: [{ jsonPath: '.spec.color' }],
        additionalPrinterColumns: [
          { name: 'Size', type: 'integer', jsonPath: '.spec.size', description: 'How big.' },
          { name: 'Phase', type: 'string', jsonPath: '.status.phase' },
          { name: 'First', type: 'string', jsonPath: '.spec.parts[0].name' },
          { name: 'Weight', type: 'integer', jsonPath: '.spec.parts[?(@.name=="b")].weight' },
          { name: 'Tags', type: 'string', jsonPath: '.spec.tags', priority: 1 },
          { name: 'Free', type: 'string', jsonPath: '.spec.free', priority: 1 },
          { name: 'Port', type: 'integer', format: 'int32', jsonPath: '.spec.port', priority: 1 },
          { name: 'When', type: 'date', jsonPath: '.spec.when', priority: 1 },
          { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
        ],
        subresources: {
          status: {},
          scale: {
            specReplicasPath: '.spec.replicas',
            statusReplicasPath: '.status.replicas',
            labelSelectorPath: '.status.selector',
          },
        },
        schema: {
          openAPIV3Schema: {
            type: 'object',
            required: ['spec'],
            properties: {
              spec: {
                type: 'object',
                required: ['size'],
                properties: {
                  size: { type: 'integer', minimum: 1, maximum: 100 },
                  color: { type: 'string', enum: ['red', 'green', 'blue'], default: 'red' },
                  replicas: { type: 'integer', format: 'int32', minimum: 0 },
                  port: { 'x-kubernetes-int-or-string': true },
                  note: { type: 'string', nullable: true, maxLength: 10, pattern: '^[a-z]*$' },
                  tags: { type: 'array', items: { type: 'string' }, 'x-kubernetes-list-type': 'set' },
                  parts: {
                    type: 'array',
                    maxItems: 3,
                    'x-kubernetes-list-type': 'map',
                    'x-kubernetes-list-map-keys': ['name'],
                    items: {
                      type: 'object',
                      required: ['name'],
                      properties: { name: { type: 'string' }, weight: { type: 'integer', default: 7 } },
                    },
                  },
                  settings: { type: 'object', additionalProperties: { type: 'string' } },
                  free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
                  template: {
                    type: 'object',
                    'x-kubernetes-embedded-resource': true,
                    'x-kubernetes-preserve-unknown-fields': true,
                  },
                  either: {
                    type: 'object',
                    properties: { a: { type: 'string' }, b: { type: 'string' } },
                    oneOf: [{ required: ['a'] }, { required: ['b'] }],
                  },
                  when: { type: 'string', format: 'date-time' },
                },
              },
              status: {
                type: 'object',
                properties: {
                  phase: { type: 'string', enum: ['Pending', 'Ready'] },
                  replicas: { type: 'integer' },
                  selector: { type: 'string' },
                },
              },
            },
          },
        },
      },
      {
        name: 'v1alpha1',
        served: true,
        storage: false,
        deprecated: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: {
              spec: {
                type: 'object',
                properties: {
                  size: { type: 'integer' },
                  color: { type: 'string', default: 'blue' },
                  extra: { type: 'string' },
                  shape: { type: 'string', default: 'round' },
                },
              },
            },
          },
        },
      },
    ],
  },
};
