"""录入进度: how far each direct subordinate is, level by level down to the organisations and people that lack something."""
