from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.accounts.retention import apply_all, rules, would_go


class Command(BaseCommand):
    help = "Lets go what is kept for a time and whose time is over; closed accounts are erased. Run it daily."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say how much would go")
        parser.add_argument("--only", default="", help="one rule, by its name")

    def handle(self, *args: Any, **options: Any) -> None:
        only = options["only"]
        names = [rule.name for rule in rules()]
        if only and only not in names:
            raise CommandError(f"--only must be one of {', '.join(names)}")
        done = would_go(only=only) if options["dry_run"] else apply_all(only=only)
        words = "would go" if options["dry_run"] else "gone"
        for name, count in done.items():
            self.stdout.write(f"{name}: {count} {words}")
