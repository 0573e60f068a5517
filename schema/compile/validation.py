"""Validation of a document by GraphQL's rules and Strawberry's, within bounds that are asked before the costly rules."""

from typing import Any

from graphql import DocumentNode, GraphQLError, GraphQLSchema, validate
from graphql.validation import (
    ASTValidationRule,
    NoSchemaIntrospectionCustomRule,
    OverlappingFieldsCanBeMergedRule,
    ValidationContext,
    specified_rules,
)
from graphql.validation.validate import ValidationAbortedError
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from byline.graph.errors import BadInput, TooCostly, limit_hint
from byline.schema.compile.extent import measured
from byline.schema.context import Limits

ERRORS = 20
# The most errors of a document that propose names: each takes some 5 ms.
_SLIPS = 5


class Validation:
    """Validates documents against one schema."""

    def __init__(self, schema: GraphQLSchema, limits: Limits, max_errors: int = ERRORS) -> None:
        self._schema = schema
        self._limits = limits
        self._max_errors = max_errors
        self._suggests = limits.introspection
        own: tuple[type[ASTValidationRule], ...] = (MaybeNullValidationRule, OneOfInputValidationRule)
        if not limits.introspection:
            own += (NoSchemaIntrospectionCustomRule,)
        merging = _bounded(limits.max_comparisons)
        self._rules = (*(merging if rule is OverlappingFieldsCanBeMergedRule else rule for rule in specified_rules), *own)

    def errors(self, document: DocumentNode) -> list[GraphQLError]:
        """What is wrong with a document; too large a one is not looked at any further."""
        try:
            measured(self._schema, document, self._limits)
        except BadInput as error:
            return [refused(error)]
        errors = self._validated(document, suggests=False)
        # Names are compared with all there are: that is done for a slip, not for whatever goes on being wrong.
        return self._validated(document, suggests=True) if self._suggests and 0 < len(errors) <= _SLIPS else errors

    def _validated(self, document: DocumentNode, suggests: bool) -> list[GraphQLError]:
        return validate(self._schema, document, self._rules, max_errors=self._max_errors, hide_suggestions=not suggests)


def refused(error: BadInput) -> GraphQLError:
    """A refusal as validation has errors: not the exception that was raised, which holds the frames of its request."""
    return GraphQLError(error.message, original_error=error.afresh())


def _bounded(most: int) -> type[ASTValidationRule]:
    """GraphQL's rule on fields of one name, which compares each with each; it ends in words of ours after `most` steps."""

    class Bounded(OverlappingFieldsCanBeMergedRule):
        def __init__(self, context: ValidationContext) -> None:
            super().__init__(context)
            self.rule_context.remaining_complexity_budget = most

        def enter_selection_set(self, *args: Any) -> None:
            try:
                super().enter_selection_set(*args)
            except ValidationAbortedError:
                if self.rule_context.remaining_complexity_budget >= 0:
                    raise
                error = TooCostly(
                    f"Comparing fields with the same name takes more than {most} steps",
                    limit_hint("select each field once in a level, or give them aliases", "max_comparisons"),
                )
                raise ValidationAbortedError(error.message, original_error=error) from None

    return Bounded
