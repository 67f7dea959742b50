"""Ground floor: places, people, streets, walking and coverage (土台)."""
